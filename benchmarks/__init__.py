"""What the program costs, as multiples of the least that a program of its kind can cost.

`catalogues` and `homes` make readers with small and large catalogues, `calls` says what is
measured and how much it may cost, `measure` runs whole processes, `report` and `chart` tell.
"""
