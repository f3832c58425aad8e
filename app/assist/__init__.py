"""The annotation loop without a screen: run planning, stop rules, fusion, the review queue. No Qt."""
