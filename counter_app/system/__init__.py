"""This computer: places, settings, secrets, devices, logs."""
