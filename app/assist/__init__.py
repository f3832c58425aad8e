"""The annotation loop without a screen: run planning, stop rules, fusion, review queue. No Qt."""
