"""A published workbook read back, with whatever people edited in it."""
