"""The HTTP API against its peers: `make bench-api` prints CPU time, rates and memory as ratios; no test asserts them."""
