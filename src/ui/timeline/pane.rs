//! The timeline as a component: names beside two canvases, and cards over them.

use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

use super::canvas::Brush;
use super::companion::companion;
use super::drawing::Drawing;
use super::geometry::Geometry;
use super::head::Head;
use super::marks::Picture;
use super::measure::{Window, use_follow, use_measure};
use super::palette::use_palette;
use super::pointer::{use_pointer, use_wheel};
use super::tools::{Tools, tools};
use super::{chain, group, hover, labels, placed, px, spent, workers};
use crate::trace::{Cause, Lane, TaskId};
use crate::ui::components::find::Find;
use crate::ui::frame::Frame;
use crate::ui::i18n::{Key, fill, grouped};
use crate::ui::order::{Order, Row};
use crate::ui::scale::{Axis, Scale};
use crate::ui::state::{Action, State};
use crate::ui::tags::{el, keyed, tag};

/// What a timeline is told when it shows one of two runs on one clock: it leaves out what there is
/// one of for both, and chooses nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// Its name for tests.
    pub id: &'static str,
    /// Where the moment on screen stands, in pixels.
    pub now: f64,
    /// Where the runs part.
    pub parts: Option<f64>,
}

/// Properties of [`Timeline`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The frame.
    pub frame: Rc<Frame>,
    /// Which lanes stand where.
    pub order: Rc<Order>,
    /// Where columns are.
    pub scale: Scale,
    /// What runs from left to right.
    pub axis: Axis,
    /// Whether what comes after the cursor is hidden.
    pub future_hidden: bool,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// The selected columns.
    pub range: Option<(u32, u32)>,
    /// Whether playing repeats them.
    pub looping: bool,
    /// The chain of causes, newest first, when it is shown.
    pub causes: Option<Vec<Cause>>,
    /// Marked frames.
    pub bookmarks: Vec<u32>,
    /// What is searched for.
    pub search: Option<Rc<str>>,
    /// Whether it is one of two.
    pub beside: Option<Beside>,
    /// Takes actions.
    pub emit: Callback<Action>,
}

impl Props {
    /// What the timeline of a state shows.
    pub fn of(state: &State, frame: &Rc<Frame>, emit: Callback<Action>) -> Self {
        Self {
            frame: frame.clone(),
            order: state.order(&frame.recording),
            scale: state.scale(),
            axis: state.axis,
            future_hidden: state.future_hidden,
            selected: state.selected,
            range: state.range,
            looping: state.looping,
            causes: state.why.then(|| state.causes()),
            bookmarks: state.bookmarks.clone(),
            search: state.search.clone(),
            beside: None,
            emit,
        }
    }

    /// One of two runs on one clock.
    pub fn beside(frame: Rc<Frame>, scale: Scale, beside: Beside, emit: Callback<Action>) -> Self {
        Self {
            order: frame.recording.order(),
            frame,
            scale,
            axis: Axis::Clock,
            future_hidden: false,
            selected: None,
            range: None,
            looping: false,
            causes: None,
            bookmarks: Vec::new(),
            search: None,
            beside: Some(beside),
            emit,
        }
    }

    /// What is drawn of some rows.
    pub fn drawing(&self, rows: std::ops::Range<usize>, geometry: Geometry) -> Drawing {
        Drawing {
            frame: self.frame.clone(),
            order: self.order.clone(),
            scale: self.scale.clone(),
            geometry,
            rows,
            future_hidden: self.future_hidden,
            selected: self.selected,
            range: self.range,
            causes: self.causes.clone().unwrap_or_default(),
            bookmarks: self.bookmarks.clone(),
            beside: self.beside.is_some(),
        }
    }
}

/// The timeline.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let (scroller, paper) = (use_node_ref(), use_node_ref());
    let (head, pins, body) = (use_node_ref(), use_node_ref(), use_node_ref());
    let window = use_state_eq(Window::default);
    let (frame, scale, emit) = (&props.frame, &props.scale, &props.emit);
    let geometry = window.geometry;
    let order = &props.order;
    let rows = window.rows(order.count());
    let stuck = window.stuck(order.pinned);
    let drawing = props.drawing(rows.clone(), geometry);

    use_measure(scroller.clone(), paper.clone(), window.clone(), emit.clone());
    use_follow(scroller.clone(), frame, order, props.selected, *window);
    use_wheel(paper.clone(), emit.clone());
    let pointer = use_pointer(emit, scale, &paper);
    use_paint(&drawing, stuck, [head.clone(), pins.clone(), body.clone()]);
    let seen = |part: Part| Seen {
        frame: frame.clone(),
        order: order.clone(),
        rows: rows.clone(),
        part,
    };
    let names = Part::Names(
        (geometry, stuck),
        props.selected,
        props.beside.is_none().then(|| emit.clone()),
    );
    let names = use_memo(seen(names), Seen::draw);
    let table = use_memo(seen(Part::Table(scale.visible())), Seen::draw);

    let setter = window.clone();
    let onscroll = Callback::from(move |event: Event| {
        if let Some(pane) = event.target_dyn_into::<Element>() {
            setter.set(setter.scrolled(&pane));
        }
    });
    let told = fill(
        Key::TimelineIs,
        &[
            ("tasks", &grouped(frame.recording.lanes().lanes().len() as u64)),
            ("steps", &grouped(frame.steps().into())),
        ],
    );
    let size = |height: f64| format!("width:{}px;height:{}px", px(scale.width()), px(height));
    let top = geometry.top(rows.start);
    let class = classes!("tlbox", geometry.stacked.then_some("stacked"));
    let marked = props.bookmarks.binary_search(&frame.number).is_ok();
    html! {
        <section {class} data-testid={props.beside.map_or("timeline", |beside| beside.id)}>
            if props.beside.is_none() {
                { tools(frame, &Tools {
                    axis: props.axis,
                    future_hidden: props.future_hidden,
                    why: props.causes.is_some(),
                    marked,
                    searching: props.search.is_some(),
                    middle: scale.width() / 2.0,
                }, emit) }
                <div class="tlhead">
                    { el("div", "lanes", vec![labels::head(frame, geometry)]) }
                    <canvas class="tl" ref={head} style={size(Head::height(geometry))} aria-hidden="true"></canvas>
                </div>
            }
            <div class="tlscroll" ref={scroller} {onscroll} style={format!("scroll-padding-top:{}px", px(geometry.top(stuck)))} tabindex={props.beside.map(|_| "0")}>
                <div class="tlbody" style={format!("height:{}px", px(geometry.top(order.count())))}>
                    { el("div", "lanes", vec![(*names).clone()]) }
                    <div class="paper" ref={paper} onpointerdown={pointer.down} onpointermove={pointer.moved}
                        onpointerup={pointer.up} onpointercancel={pointer.cancel} onpointerleave={pointer.left}>
                        <canvas class="pins" ref={pins} style={size(geometry.top(stuck))} aria-hidden="true"></canvas>
                        <canvas class="tl" ref={body} style={format!("top:{}px;{}", px(top), size(drawing.height()))}
                            data-testid="lanes" role="img" aria-label={told}></canvas>
                        { props.beside.map_or_else(Html::default, lines) }
                    </div>
                    { under(&drawing, &window, pointer.rests) }
                </div>
            </div>
            { (*table).clone() }
            { cards(props) }
        </section>
    }
}

/// What is made anew only when something in it has changed.
#[derive(PartialEq)]
struct Seen {
    frame: Rc<Frame>,
    order: Rc<Order>,
    rows: std::ops::Range<usize>,
    part: Part,
}

#[derive(PartialEq)]
enum Part {
    /// The labels of the rows, so many of which stay at the top, which a click chooses when somebody takes the action.
    Names((Geometry, usize), Option<TaskId>, Option<Callback<Action>>),
    /// The table of the columns in view.
    Table((u32, u32)),
}

impl Seen {
    fn draw(&self) -> Html {
        let (frame, order, rows) = (&*self.frame, &*self.order, &self.rows);
        let lanes = frame.recording.lanes();
        match &self.part {
            Part::Names((geometry, stuck), selected, emit) => {
                let (geometry, emit) = (*geometry, emit.as_ref());
                let chosen = (*selected, order.pinned);
                let pinned = in_view(order, lanes.lanes(), &(0..*stuck));
                let mut pins = Vec::new();
                labels::rows(frame, geometry, &pinned, chosen, emit, &mut pins);
                let mut labels = vec![keyed("pins".to_owned(), "div", &[("class", "pins")], None, pins)];
                let scrolled = rows.start.max(*stuck)..rows.end;
                let in_tasks = in_view(order, lanes.lanes(), &scrolled);
                group::labels(frame, order, geometry, rows, emit, &mut labels);
                labels::rows(frame, geometry, &in_tasks, chosen, emit, &mut labels);
                workers::rows(frame, order.tasks(), geometry, rows, &mut labels);
                labels.into_iter().collect()
            }
            Part::Table(shown) => {
                let over = frame.recording.trace().outcome().is_some();
                let in_tasks = in_view(order, lanes.lanes(), rows);
                companion(frame, &in_tasks, *shown, frame.steps() + u32::from(over))
            }
        }
    }
}

/// The moment on screen, and where two runs part.
fn lines(beside: Beside) -> Html {
    let line = |class: &'static str, x: f64| {
        let style = format!("left:{}px", px(x));
        tag("i", &[("class", class), ("style", &style)], Vec::new())
    };
    let parts = beside.parts.map(|x| line("parts", x));
    std::iter::once(line("moment", beside.now)).chain(parts).collect()
}

fn in_view<'a>(order: &Order, lanes: &'a [Lane], rows: &std::ops::Range<usize>) -> Vec<(usize, &'a Lane)> {
    let lane = |row: usize| Some((row, lanes.get(order.lane(row)?)?));
    rows.clone().filter_map(lane).collect()
}

/// What stands under a resting mouse.
fn under(drawing: &Drawing, window: &Window, rests: Option<(f64, f64)>) -> Html {
    let Some((x, y)) = rests else {
        return Html::default();
    };
    let (frame, order) = (&drawing.frame, &drawing.order);
    let rows = drawing.geometry.rows_between(y, y + 1.0, order.count());
    let column = drawing.scale.column_at(x);
    if rows.is_empty() || drawing.future_hidden && column > frame.number {
        return Html::default();
    }
    let card = |told: &hover::Told| {
        let room = (drawing.scale.width(), window.height);
        let style = placed(window.top, window.height);
        let card = hover::card(told, (x, (y - window.top).max(0.0)), room);
        tag("div", &[("class", "under"), ("style", &style)], vec![card])
    };
    if let Some(Row::Group(number, ..)) = order.at(rows.start) {
        return card(&group::told(frame, &order.groups[number], column));
    }
    let lanes = frame.recording.lanes();
    let worker = rows.start.checked_sub(order.tasks());
    if let Some(worker) = worker.and_then(|place| lanes.workers().get(place)) {
        return card(&workers::told(frame, worker, column));
    }
    let lane = order.lane(rows.start).and_then(|lane| lanes.lanes().get(lane));
    let Some(lane) = lane else {
        return Html::default();
    };
    let told = hover::told(frame, &drawing.scale, lane, x, drawing.open_end());
    card(&told)
}

/// At most one card: what was asked for last.
fn cards(props: &Props) -> Html {
    let recording = props.frame.recording.clone();
    let emit = props.emit.clone();
    // On the side that hides less of what it is about.
    let aside = |column: u32| props.scale.middle(column) > props.scale.width() / 2.0;
    if let Some(query) = props.search.clone() {
        return html! { <Find {recording} {query} {emit} /> };
    }
    if let Some(causes) = props.causes.clone() {
        return html! { <chain::Card {recording} {causes} cursor={props.frame.number}
        left={aside(props.frame.number)} {emit} /> };
    }
    let Some(range) = props.range else {
        return Html::default();
    };
    html! { <spent::Card {recording} {range} task={props.selected} looping={props.looping}
    left={aside(range.0.midpoint(range.1))} {emit} /> }
}

/// Paints both canvases whenever something that they show has changed.
#[hook]
fn use_paint(drawing: &Drawing, stuck: usize, canvases: [NodeRef; 3]) {
    let [head, pins, body] = canvases;
    let palette = use_palette();
    let density = density();
    let key = palette.as_ref().map(|(_, round)| *round);
    let brush = use_memo((key, density.to_bits()), move |_| {
        palette.map(|(palette, _)| Brush::new(palette, density))
    });
    let key = (key, density.to_bits());
    // The head is the same whichever rows are in view.
    let above = Drawing {
        rows: 0..0,
        ..drawing.clone()
    };
    let paper = Paper {
        canvas: head,
        height: |drawing| Head::height(drawing.geometry),
        picture: Drawing::head,
    };
    use_painted(above, key, brush.clone(), paper);
    let above = Drawing {
        rows: 0..stuck,
        ..drawing.clone()
    };
    let paper = Paper {
        canvas: pins,
        height: Drawing::height,
        picture: Drawing::lanes,
    };
    use_painted(above, key, brush.clone(), paper);
    let paper = Paper {
        canvas: body,
        height: Drawing::height,
        picture: Drawing::lanes,
    };
    use_painted(drawing.clone(), key, brush, paper);
}

/// A canvas, and what it shows of a drawing.
struct Paper {
    canvas: NodeRef,
    height: fn(&Drawing) -> f64,
    picture: fn(&Drawing) -> Picture,
}

#[hook]
fn use_painted(drawing: Drawing, key: (Option<u32>, u64), brush: Rc<Option<Brush>>, paper: Paper) {
    use_effect_with((drawing, key), move |(drawing, _)| {
        if let (Some(brush), Some(canvas)) = (&*brush, paper.canvas.cast::<HtmlCanvasElement>()) {
            let (width, height) = (drawing.scale.width(), (paper.height)(drawing));
            brush.paint(&canvas, &(paper.picture)(drawing), width, height);
        }
    });
}

/// Pixels of the screen to a pixel of the page.
pub fn density() -> f64 {
    if cfg!(target_arch = "wasm32") {
        web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
    } else {
        1.0
    }
}
