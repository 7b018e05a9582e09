"""The HTTP API: parameters in, wire documents out, every refusal a problem document (RFC 9457)."""
