"""The pages of `roadmap help`; the site and the man page are made of them too."""
