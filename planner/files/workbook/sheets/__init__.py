"""A module a sheet of the workbook."""
