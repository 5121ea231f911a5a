"""What travels together: short blocks in numbers, long ones alone, suspects alone."""

from verify.sampling.block import Block
from verify.sampling.pending import MOST, TASK, Pending

from . import measures
from .measures import block


def waiting(count: int, seconds: float | None = None) -> Pending:
    pending = Pending()
    pending.add(block(measures.draws, index=index) for index in range(count))
    if seconds is not None:
        pending.took(block(measures.draws), seconds)
    return pending


def sizes(pending: Pending, workers: int = 2) -> list[int]:
    found = []
    while pending:
        found.append(len(pending.take(workers)))
    return found


def test_blocks_of_which_nothing_is_known_travel_alone() -> None:
    assert sizes(waiting(5)) == [1] * 5


def test_short_blocks_travel_together_up_to_the_time_of_a_task() -> None:
    assert len(waiting(1000, TASK / 10.5).take(2)) == 10


def test_long_blocks_travel_alone() -> None:
    assert sizes(waiting(5, 2 * TASK)) == [1] * 5


def test_a_task_has_a_largest_size() -> None:
    assert len(waiting(20 * MOST, 0.0).take(2)) == MOST


def test_towards_the_end_tasks_get_smaller() -> None:
    found = sizes(waiting(64, 0.0))
    assert found[0] == 16
    assert found == sorted(found, reverse=True)
    assert found[-1] == 1


def test_a_cell_that_is_not_known_is_taken_for_the_last_one_of_its_measure() -> None:
    pending = waiting(0, TASK / 4)
    pending.add(block(measures.draws, n=n) for n in range(100, 200))
    assert len(pending.take(1)) == 4


def test_suspects_come_first_and_alone() -> None:
    pending = waiting(8, 0.0)
    pending.suspect([block(measures.exact), block(measures.one_draw)])
    assert pending.suspicious
    assert [pending.take(2)[0].cell.measure for _ in range(2)] == [
        measures.exact,
        measures.one_draw,
    ]
    assert not pending.suspicious


def test_what_was_not_begun_comes_next_in_its_order() -> None:
    pending = waiting(8)
    first = [pending.take(1)[0] for _ in range(3)]
    pending.put_back(first[1:])
    assert [pending.take(1)[0].index for _ in range(3)] == [1, 2, 3]


def test_a_cell_that_failed_for_good_is_dropped() -> None:
    pending = waiting(4)
    pending.add([block(measures.draws, n=9)])
    pending.drop(block(measures.draws).cell)
    assert len(pending) == 1


def test_beside_another_run_the_order_is_changed_once_and_nothing_is_lost() -> None:
    pending = waiting(200)
    pending.scatter()
    order = list(pending._blocks)
    assert [one.index for one in order] != list(range(200))
    pending.scatter()
    assert list(pending._blocks) == order
    assert sorted(one.index for one in order) == list(range(200))
    assert all(isinstance(one, Block) for one in order)
