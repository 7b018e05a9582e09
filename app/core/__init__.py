"""What Demarche knows about dates, acts and events: pure values and functions on the standard library."""
