//! Which lanes stand where: pinned ones above, children under their parent, many that are alike as one group.

use std::rc::Rc;

use crate::trace::{Group, Lanes, State, TaskId};

/// Rows that the picture of a group takes while its lanes are put away.
pub const GROUP_ROWS: usize = 6;

/// What the user has arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Groups whose lanes are shown, by their first task.
    pub open: Vec<TaskId>,
    /// Tasks whose lanes stand above all others.
    pub pinned: Vec<TaskId>,
    /// A task whose lane is shown below its group.
    pub shown: Option<TaskId>,
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A lane, by its index.
    Lane(usize),
    /// A part of the picture of a group: its index, which part, and of how many.
    Group(usize, usize, usize),
}

/// Lanes from top to bottom.
#[derive(Debug, Default)]
pub struct Order {
    rows: Vec<Row>,
    /// Row of each lane, when it has one.
    row_of: Vec<Option<usize>>,
    /// What groups there are.
    pub groups: Rc<[Group]>,
    /// Rows of pinned lanes, above the others.
    pub pinned: usize,
    /// Rows of workers, below those.
    workers: usize,
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        // An order is made once for what it depends on.
        std::ptr::eq(self, other)
    }
}

impl Order {
    /// All lanes.
    pub fn flat(lanes: &Lanes) -> Self {
        Self::of(lanes, Rc::default(), &Arrangement::default())
    }

    /// The lanes as they were arranged.
    pub fn of(lanes: &Lanes, groups: Rc<[Group]>, wanted: &Arrangement) -> Self {
        let all = lanes.lanes();
        let mut group_of = vec![None; all.len()];
        for (number, group) in groups.iter().enumerate() {
            for lane in &group.lanes {
                group_of[*lane] = Some(number);
            }
        }
        let mut order = Self {
            rows: Vec::new(),
            row_of: vec![None; all.len()],
            groups,
            pinned: 0,
            workers: lanes.workers().len(),
        };
        for task in &wanted.pinned {
            order.add(lanes.lane_index(*task));
        }
        order.pinned = order.rows.len();
        let mut drawn = vec![false; order.groups.len()];
        // Whoever was created by a task that is put away is put away with it.
        let mut away = u32::MAX;
        for index in lanes.rows() {
            let depth = all[index].depth;
            if depth > away {
                continue;
            }
            away = u32::MAX;
            let Some(number) = group_of[index] else {
                order.add(Some(index));
                continue;
            };
            let first = order.groups[number].first;
            let open = wanted.open.contains(&first);
            if !std::mem::replace(&mut drawn[number], true) {
                let parts = if open { 1 } else { GROUP_ROWS };
                order
                    .rows
                    .extend((0..parts).map(|part| Row::Group(number, part, parts)));
                let shown = wanted.shown.and_then(|task| lanes.lane_index(task));
                order.add(shown.filter(|lane| !open && group_of[*lane] == Some(number)));
            }
            if open {
                order.add(Some(index));
            } else {
                away = depth;
            }
        }
        order
    }

    /// Adds a lane, unless it has a row.
    fn add(&mut self, lane: Option<usize>) {
        if let Some(lane) = lane
            && let Some(row @ None) = self.row_of.get_mut(lane)
        {
            *row = Some(self.rows.len());
            self.rows.push(Row::Lane(lane));
        }
    }

    /// Rows of tasks and groups.
    pub fn tasks(&self) -> usize {
        self.rows.len()
    }

    /// Rows of tasks, groups and workers.
    pub fn count(&self) -> usize {
        self.rows.len() + self.workers
    }

    /// What stands in a row; workers stand below.
    pub fn at(&self, row: usize) -> Option<Row> {
        self.rows.get(row).copied()
    }

    /// The lane in a row.
    pub fn lane(&self, row: usize) -> Option<usize> {
        match self.rows.get(row)? {
            Row::Lane(lane) => Some(*lane),
            Row::Group(..) => None,
        }
    }

    /// All lanes that have rows, from top to bottom.
    pub fn lanes(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.rows.iter().filter_map(|row| match row {
            Row::Lane(lane) => Some(*lane),
            Row::Group(..) => None,
        })
    }

    /// The row of the lane with an index.
    pub fn row(&self, lane: usize) -> Option<usize> {
        *self.row_of.get(lane)?
    }

    /// The row of a task.
    pub fn row_of(&self, lanes: &Lanes, task: TaskId) -> Option<usize> {
        self.row(lanes.lane_index(task)?)
    }

    /// What groups there are in a recording.
    pub fn groups_of(lanes: &Lanes, tip: &State) -> Rc<[Group]> {
        lanes.groups(tip).into()
    }
}
