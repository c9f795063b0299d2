"""What our own exports look like, and how they are read back without loss.

Other readers guess, since what they read was written by anybody. What `roadmap export` wrote
says of each entry that it is ours, and is taken as it stands.
"""
