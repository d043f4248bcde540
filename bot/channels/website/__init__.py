"""The company's website: an HTTP and WebSocket interface, the demo page, and the widget's files."""
