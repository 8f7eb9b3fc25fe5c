"""Results as tables, from which text, frames and pages follow."""
