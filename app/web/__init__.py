"""The explorer: pages for people. Without JavaScript they list the timeline, with it they read the API like any client."""
