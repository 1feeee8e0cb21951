"""The sections of the page Thiết lập, one file each."""
