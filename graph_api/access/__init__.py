"""Who asks: viewers, their roles, and how they prove who they are."""
