"""What the calculus of bounds refuses, and why."""

from verify.errors import InputError


class BoundError(InputError):
    """A bound, ray or cone outside the calculus: the `problem`, and a `hint` at what to do."""

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem, self.hint = problem, hint
        super().__init__(f"{problem}; {hint}" if hint else problem)
