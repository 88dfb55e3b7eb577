"""Tools for course authors: stubs, new exercises, calibrated bands, notebooks."""
