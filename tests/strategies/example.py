"""A claim on every smooth covariance: its effective dimension at the scale 1/n."""

import numpy as np
from hypothesis.strategies import sampled_from

from verify import Assumption, Design, Rate, Source, Theorem, but
from verify import strategies as st

LAWS = sampled_from([2.0, 3.0]).map(lambda decay: st.power_law(8, decay))


def remainder(n: int, law: dict[str, list[float]]) -> float:
    """1 - e_1^T C (C + 1/n)^-1 e_1 for the covariance C of the data."""
    matrix = st.covariance(law)
    return float(1 - np.linalg.solve(matrix + np.eye(len(matrix)) / n, matrix)[0, 0])


THEOREM = Theorem(
    id="remainder",
    title="The bias of ridge regression at a fixed direction",
    source=Source("someone2026", where="Theorem 1"),
    statement=r"1 - e_1^\top C (C + 1/n)^{-1} e_1 = \Theta(1/n)",
    assumptions=(Assumption("power_law", "the eigenvalues of C are j^-a, j <= 8"),),
    claims=(
        Rate(
            "everywhere",
            measure=remainder,
            bound="1/n",
            relation="O",
            uses=("power_law",),
            scope="random covariances with a power-law spectrum",
            given={"law": st.covariances(LAWS)},
            designs=(Design(sweep={"n": [2**k for k in range(14, 26)]}),),
            controls=(but("tenth", "an exponent off by a tenth", bound="n**(-11/10)"),),
        ),
    ),
)
