"""From what a client asks to the reply: documents, what is known of them, answers, and what is kept."""
