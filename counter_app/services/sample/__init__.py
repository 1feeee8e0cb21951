"""An invented commune: its people and a month of its counter, for the demonstration and for training."""
