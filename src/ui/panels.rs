//! How large the panels are: as somebody wished, as far as there is room.
//!
//! A wish is kept as it was made, and limited only where it is drawn: a window that is made small and
//! large again gives everyone their sizes back. The limits leave room for what never vanishes: the
//! sentence, who runs, who is ready, some lanes and the buttons.

/// A panel whose size can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The left column, by its width.
    Side,
    /// Output and steps below the program, by their height.
    Record,
    /// The timers and the cards of the board, by their height: what they leave is the timeline's.
    Board,
}

impl Panel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Side, Self::Record, Self::Board];

    /// Whether its size is a width.
    pub const fn is_width(self) -> bool {
        matches!(self, Self::Side)
    }
}

/// Least width of the left column, and of the picture beside it.
const SIDE: u32 = 336;
const PICTURE: u32 = 620;
/// A page so narrow has no room for both as they should be: the picture takes less there.
const NARROW: u32 = 1000;
const PICTURE_NARROW: u32 = 520;
/// Least height of what is below the program, and of the program.
const RECORD: u32 = 96;
const PROGRAM: u32 = 200;
/// Least height of timers and cards; what the rest of the picture and the bar above take, at the least.
const BOARD: u32 = 60;
const REST: u32 = 590;

/// Sizes in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panels {
    wished: [Option<u32>; 3],
    closed: [bool; 2],
    /// Width and height of the page; nothing before it was measured.
    room: Option<(u32, u32)>,
}

/// A size within its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The size.
    pub now: u32,
    /// The smallest there may be.
    pub min: u32,
    /// The largest there may be.
    pub max: u32,
}

impl Panels {
    /// The page is this large now.
    pub const fn measure(&mut self, width: u32, height: u32) {
        self.room = Some((width, height));
    }

    /// Somebody wishes a size, or the usual one.
    pub fn wish(&mut self, panel: Panel, size: Option<u32>) {
        let Extent { min, max, .. } = self.extent(panel);
        self.wished[panel as usize] = size.map(|size| size.clamp(min, max));
    }

    /// Closes a panel, or opens it. The board is always open.
    pub const fn fold(&mut self, panel: Panel) {
        match panel {
            Panel::Side => self.closed[0] = !self.closed[0],
            Panel::Record => self.closed[1] = !self.closed[1],
            Panel::Board => {}
        }
    }

    /// Opens a panel.
    pub const fn open(&mut self, panel: Panel) {
        if self.is_closed(panel) {
            self.fold(panel);
        }
    }

    /// Whether it is closed.
    pub const fn is_closed(&self, panel: Panel) -> bool {
        match panel {
            Panel::Side => self.closed[0],
            Panel::Record => self.closed[1],
            Panel::Board => false,
        }
    }

    /// How large it is, and how large it may be.
    pub fn extent(&self, panel: Panel) -> Extent {
        let (width, height) = self.room.unwrap_or((1440, 900));
        let (usual, min, max) = match panel {
            Panel::Side => {
                let usual = if width < 1200 { 360 } else { 448 };
                let picture = if width < NARROW { PICTURE_NARROW } else { PICTURE };
                (usual, SIDE, width.saturating_sub(picture))
            }
            Panel::Record => {
                let usual = match height {
                    0..700 => 148,
                    700..=860 => 200,
                    _ => 248,
                };
                (usual, RECORD, height.saturating_sub(PROGRAM))
            }
            Panel::Board => {
                let usual = if height > 860 {
                    (height * 21 / 100).min(208)
                } else {
                    148
                };
                (usual, BOARD, height.saturating_sub(REST))
            }
        };
        let max = max.max(min);
        let now = self.wished[panel as usize].unwrap_or(usual).clamp(min, max);
        Extent { now, min, max }
    }

    /// The sizes as custom properties for the style sheet, which has its own until the page was measured.
    pub fn style(&self) -> Option<String> {
        self.room?;
        let [side, record, board] = Panel::ALL.map(|panel| self.extent(panel).now);
        Some(format!("--side:{side}px;--record:{record}px;--places:{board}px"))
    }

    /// What is to be remembered, as a text: the wishes, 0 for none, and what is closed.
    pub fn kept(&self) -> String {
        let [side, record, board] = self.wished.map(Option::unwrap_or_default);
        let [no_side, no_record] = self.closed.map(u32::from);
        format!("{side} {record} {board} {no_side} {no_record}")
    }

    /// What was remembered. What means nothing here is passed over.
    pub fn of_kept(kept: &str) -> Self {
        let mut numbers = kept.split(' ').map(|word| word.parse().unwrap_or(0_u32));
        let mut next = || numbers.next().unwrap_or(0);
        Self {
            wished: [next(), next(), next()].map(|size| Some(size).filter(|size| *size > 0)),
            closed: [next(), next()].map(|closed| closed == 1),
            room: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panels(width: u32, height: u32) -> Panels {
        let mut panels = Panels::default();
        panels.measure(width, height);
        panels
    }

    #[test]
    fn sizes_leave_room_for_what_never_vanishes() {
        for (width, height) in [(1440, 900), (1024, 768), (960, 540), (900, 700), (5000, 3000)] {
            for panel in Panel::ALL {
                for wish in [0, 1, 300, 10_000, u32::MAX] {
                    let mut panels = panels(width, height);
                    panels.wish(panel, Some(wish));
                    let Extent { now, min, max } = panels.extent(panel);
                    assert!(min <= now && now <= max, "{panel:?} {wish} at {width}x{height}");
                    assert!(
                        now >= wish.min(max) && now <= wish.max(min),
                        "as near to the wish as can be"
                    );
                }
            }
            let largest = panels(width, height);
            assert!(largest.extent(Panel::Side).max + PICTURE_NARROW <= width);
            assert!(largest.extent(Panel::Record).max + PROGRAM <= height);
        }
    }

    #[test]
    fn a_wish_outlives_a_small_window() {
        let mut panels = panels(1440, 900);
        panels.wish(Panel::Side, Some(700));
        panels.measure(1000, 700);
        assert_eq!(panels.extent(Panel::Side).now, 380);
        panels.measure(1440, 900);
        assert_eq!(panels.extent(Panel::Side).now, 700);
        panels.wish(Panel::Side, None);
        assert_eq!(panels.extent(Panel::Side).now, 448);
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut panels = Panels::default();
        assert_eq!(Panels::of_kept(&panels.kept()), panels);
        panels.wish(Panel::Record, Some(320));
        panels.wish(Panel::Board, Some(100));
        panels.fold(Panel::Side);
        assert_eq!(panels.kept(), "0 320 100 1 0");
        assert_eq!(Panels::of_kept(&panels.kept()), panels);
        assert!(panels.is_closed(Panel::Side) && !panels.is_closed(Panel::Record));
    }

    #[test]
    fn nonsense_is_as_good_as_nothing() {
        for text in ["", "x", "-1 99999999999999 3.5 7", "0 0 0 0 0 0 0"] {
            assert_eq!(Panels::of_kept(text), Panels::default(), "{text}");
        }
    }

    #[test]
    fn the_style_sheet_decides_until_the_page_was_measured() {
        assert_eq!(Panels::default().style(), None);
        let told = panels(1024, 768).style();
        assert_eq!(
            told.as_deref(),
            Some("--side:360px;--record:200px;--places:148px")
        );
    }
}
