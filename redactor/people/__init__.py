"""Who is who: links mentions to people and people to roles."""
