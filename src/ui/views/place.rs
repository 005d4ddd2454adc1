//! Where tasks, things and the ties between them lie in the graph of waits.
//!
//! Tasks stand in a row above, things in a row below. As long as there is room for all of the run,
//! each has one place from the first frame to the last: only the ties change. Longer rows show who
//! takes part at the frame. Everything is in thousandths of the width and hundredths of the height
//! between the rows, so that the drawing fits any room.

use crate::trace::{Bond, Cast, Node, TaskId};

/// Tasks and things that have room side by side.
pub(super) const ROOM: usize = 10;

/// Who is shown, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The tasks of the upper row.
    pub tasks: Vec<TaskId>,
    /// The things of the lower row.
    pub things: Vec<Node>,
    /// Tasks there was no room for.
    pub left_out: usize,
}

/// A tie as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    /// The curve, as a path.
    pub path: String,
    /// Where its arrow head is, in thousandths.
    pub head: u32,
    /// Whether that is at the upper row.
    pub up: bool,
    /// Whether it leads from a waiter.
    pub waits: bool,
    /// Where it leads.
    pub to: Node,
    /// Whether it is part of a circle.
    pub in_circle: bool,
}

/// Chooses who is shown: everybody if there is room, else those in a circle and those in `first`,
/// then whoever takes part.
pub(super) fn places(cast: &Cast, bonds: &[Bond], first: &[TaskId]) -> Places {
    let (mut tasks, mut things) = (vec![0; cast.tasks.len()], vec![0; cast.things.len()]);
    for task in first {
        matters(&mut tasks, cast.tasks.binary_search(task), 2);
    }
    for bond in bonds {
        for node in [bond.from, bond.to] {
            if let Node::Task(task) = node {
                matters(
                    &mut tasks,
                    cast.tasks.binary_search(&task),
                    1 + usize::from(bond.in_circle),
                );
            }
        }
    }
    let tasks = chosen(&cast.tasks, &tasks);
    for bond in bonds {
        let shown = |node| matches!(node, Node::Task(task) if tasks.binary_search(&task).is_ok());
        for (node, other) in [(bond.from, bond.to), (bond.to, bond.from)] {
            if shown(other) {
                matters(
                    &mut things,
                    cast.things.binary_search(&node),
                    1 + usize::from(bond.in_circle),
                );
            }
        }
    }
    Places {
        left_out: cast.tasks.len() - tasks.len(),
        tasks,
        things: chosen(&cast.things, &things),
    }
}

/// Raises the rank of an item, if there is one.
fn matters(ranks: &mut [usize], place: Result<usize, usize>, rank: usize) {
    if let Some(known) = place.ok().and_then(|place| ranks.get_mut(place)) {
        *known = rank.max(*known);
    }
}

/// The items of the highest ranks, in their order.
fn chosen<T: Copy>(all: &[T], ranks: &[usize]) -> Vec<T> {
    if all.len() <= ROOM {
        return all.to_vec();
    }
    let best = ranks.iter().filter(|rank| **rank == 2).count();
    let mut room = [ROOM.saturating_sub(best), ROOM];
    let mut chosen = Vec::new();
    for (item, rank) in all.iter().zip(ranks) {
        if let Some(left) = rank.checked_sub(1).and_then(|rank| room.get_mut(rank))
            && *left > 0
        {
            *left -= 1;
            chosen.push(*item);
        }
    }
    chosen
}

impl Places {
    /// The ties between those that are shown.
    pub(super) fn ties(&self, bonds: &[Bond]) -> Vec<Tie> {
        bonds.iter().filter_map(|bond| self.tie(bond)).collect()
    }

    fn tie(&self, bond: &Bond) -> Option<Tie> {
        let (from, from_up) = self.middle(bond.from)?;
        let (to, to_up) = self.middle(bond.to)?;
        // What is waited for and what is held lie side by side, so that a circle is open to the eye.
        let waits = bond.is_wait();
        let aside = |x: u32| if waits { x - 9 } else { x + 9 };
        let (x1, x2) = (aside(from), aside(to));
        let (y1, y2) = (if from_up { 0 } else { 100 }, if to_up { 0 } else { 100 });
        let path = if from_up == to_up {
            // From a task to a task: down and up again.
            format!("M{x1} 0C{x1} 75 {to} 75 {to} 0")
        } else {
            format!("M{x1} {y1}C{x1} 50 {x2} 50 {x2} {y2}")
        };
        Some(Tie {
            path,
            head: if from_up == to_up { to } else { x2 },
            up: to_up,
            waits,
            to: bond.to,
            in_circle: bond.in_circle,
        })
    }

    /// The middle of a place, and whether it is in the upper row.
    fn middle(&self, node: Node) -> Option<(u32, bool)> {
        let (place, of, up) = match node {
            Node::Task(id) => (
                self.tasks.iter().position(|task| *task == id)?,
                self.tasks.len(),
                true,
            ),
            _ => (
                self.things.iter().position(|thing| *thing == node)?,
                self.things.len(),
                false,
            ),
        };
        let middle = (2 * place + 1) * 500 / of;
        Some((u32::try_from(middle).ok()?, up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ResourceId;

    fn cast(tasks: u32) -> Cast {
        Cast {
            tasks: (1..=tasks).map(TaskId).collect(),
            things: vec![Node::Resource(ResourceId(1)), Node::Clock],
        }
    }

    fn waits(task: u32, in_circle: bool) -> Bond {
        Bond {
            from: Node::Task(TaskId(task)),
            to: Node::Resource(ResourceId(1)),
            in_circle,
        }
    }

    #[test]
    fn everybody_keeps_a_place_as_long_as_there_is_room() {
        let [quiet, busy] = [Vec::new(), vec![waits(2, false)]].map(|bonds| places(&cast(4), &bonds, &[]));
        assert_eq!(quiet, busy);
        assert_eq!((quiet.tasks.len(), quiet.left_out), (4, 0));
    }

    #[test]
    fn of_a_crowd_those_in_a_circle_and_the_selected_are_shown_first() {
        let bonds: Vec<Bond> = (1..=1000).map(|task| waits(task, task > 995)).collect();
        let places = places(&cast(1000), &bonds, &[TaskId(500)]);
        assert_eq!(places.left_out, 990);
        assert_eq!(
            places.tasks.iter().map(|task| task.0).collect::<Vec<_>>(),
            [1, 2, 3, 4, 500, 996, 997, 998, 999, 1000]
        );
        assert_eq!(places.ties(&bonds).len(), 10);
    }

    #[test]
    fn ties_go_down_to_what_is_waited_on_and_up_to_who_has_it() {
        let places = places(&cast(2), &[], &[]);
        let held = Bond {
            from: Node::Resource(ResourceId(1)),
            to: Node::Task(TaskId(2)),
            in_circle: false,
        };
        let awaits = Bond {
            from: Node::Task(TaskId(1)),
            to: Node::Task(TaskId(2)),
            in_circle: false,
        };
        let ties = places.ties(&[waits(1, true), held, awaits]);
        let paths: Vec<&str> = ties.iter().map(|tie| tie.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "M241 0C241 50 241 50 241 100",
                "M259 100C259 50 759 50 759 0",
                "M241 0C241 75 750 75 750 0"
            ]
        );
        assert_eq!(
            ties.iter().map(|tie| (tie.head, tie.up)).collect::<Vec<_>>(),
            [(241, false), (759, true), (750, true)]
        );
    }
}
