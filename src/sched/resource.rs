//! How primitives appear in the trace: created once, then changed.

use std::rc::Rc;

use super::world::World;
use crate::trace::{Change, EventKind, ResourceId, ResourceKind};

/// The trace's side of one primitive.
#[derive(Clone, Debug)]
pub struct Resource {
    world: Rc<World>,
    id: ResourceId,
}

/// What a new resource is like.
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// What it is.
    pub kind: ResourceKind,
    /// The name it is bound to in the program, or empty.
    pub name: &'a str,
    /// Greatest number of items or parties; 0 when unlimited.
    pub capacity: u32,
    /// Permits of a semaphore; otherwise 0.
    pub value: i64,
    /// The resource it is part of.
    pub part_of: Option<ResourceId>,
}

impl<'a> Description<'a> {
    /// A resource without capacity or permits.
    pub const fn new(kind: ResourceKind, name: &'a str) -> Self {
        Self {
            kind,
            name,
            capacity: 0,
            value: 0,
            part_of: None,
        }
    }
}

impl Resource {
    /// Records a new resource.
    pub fn create(world: &Rc<World>, description: Description<'_>) -> Self {
        let line = world.line();
        let Description {
            kind,
            name,
            capacity,
            value,
            part_of,
        } = description;
        let id = world.record(|recorder| {
            let (resource, name) = (recorder.next_resource(), recorder.text(name));
            recorder.emit(&EventKind::ResourceCreated {
                resource,
                kind,
                name,
                line,
                capacity,
                value,
                part_of,
            });
            resource
        });
        Self {
            world: Rc::clone(world),
            id,
        }
    }

    /// Its id in the trace.
    pub const fn id(&self) -> ResourceId {
        self.id
    }

    /// Where it lives.
    pub const fn world(&self) -> &Rc<World> {
        &self.world
    }

    /// Records a change.
    pub fn changed(&self, change: Change) {
        let line = self.world.line();
        self.world.emit(&EventKind::ResourceChanged {
            resource: self.id,
            change,
            line,
        });
    }
}
