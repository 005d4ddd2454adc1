//! Who created whom, and in which group each task is.

use crate::trace::event::ResourceKind;
use crate::trace::ids::{ResourceId, TaskId};
use crate::trace::state::State;

/// A task in the tree of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The task.
    pub task: TaskId,
    /// Number of its ancestors.
    pub depth: u32,
    /// The `TaskGroup`, `gather` and so on that it was given to last.
    pub group: Option<ResourceId>,
}

/// The tasks that exist at a moment, children under the task that created them, in the order of creation.
pub fn tree(state: &State) -> Vec<Branch> {
    let mut groups: Vec<Option<ResourceId>> = vec![None; state.tasks.len()];
    for resource in &state.resources {
        // That somebody looks at it as well makes it no member.
        if resource.kind == ResourceKind::Shield {
            continue;
        }
        for child in &resource.children {
            if let Some(group) = groups.get_mut(child.index()) {
                *group = Some(resource.id);
            }
        }
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); state.tasks.len()];
    let mut pending: Vec<(usize, u32)> = Vec::new();
    for (index, task) in state.tasks.iter().enumerate().filter(|(_, task)| !task.hidden) {
        let parent = task.parent.map(TaskId::index).filter(|parent| *parent < index);
        match parent.filter(|parent| !state.tasks[*parent].hidden) {
            Some(parent) => children[parent].push(index),
            None => pending.push((index, 0)),
        }
    }
    pending.reverse();
    let mut branches = Vec::new();
    while let Some((index, depth)) = pending.pop() {
        branches.push(Branch {
            task: state.tasks[index].id,
            depth,
            group: groups[index],
        });
        pending.extend(children[index].iter().rev().map(|child| (*child, depth + 1)));
    }
    branches
}
