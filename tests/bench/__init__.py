"""Timings, as ratios against something measured in the same run; `make bench` prints them, no test asserts them."""
