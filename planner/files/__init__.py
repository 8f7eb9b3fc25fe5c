"""Files in and out: team folders, published workbooks, feeds."""
