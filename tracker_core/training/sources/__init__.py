"""Where training pictures come from: one file a form of annotated data, each unaware of the others."""
