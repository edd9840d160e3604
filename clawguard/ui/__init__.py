"""How things are worded and drawn: template tags, words, navigation, error pages, the style page."""
