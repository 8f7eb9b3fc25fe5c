"""The services that commands and notebooks call: plan, re-plan, exchange, and why."""
