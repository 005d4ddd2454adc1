//! The icons of the sprite, by what they mean.

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says what it draws")]
pub enum Icon {
    Run,
    Ready,
    Clock,
    Pause,
    Lock,
    Unlock,
    Queue,
    Bell,
    Flag,
    Gate,
    Join,
    Future,
    Callback,
    Job,
    Done,
    Cancelled,
    Failed,
    First,
    Last,
    Back,
    Forward,
    Play,
    PlayPause,
    Stop,
    Plus,
    Minus,
    Theme,
    Help,
    Warn,
    Eye,
}

impl Icon {
    /// Its place in the sprite.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Run => "#i-run",
            Self::Ready => "#i-ready",
            Self::Clock => "#i-clock",
            Self::Pause => "#i-pause",
            Self::Lock => "#i-lock",
            Self::Unlock => "#i-unlock",
            Self::Queue => "#i-queue",
            Self::Bell => "#i-bell",
            Self::Flag => "#i-flag",
            Self::Gate => "#i-gate",
            Self::Join => "#i-join",
            Self::Future => "#i-future",
            Self::Callback => "#i-callback",
            Self::Job => "#i-job",
            Self::Done => "#i-done",
            Self::Cancelled => "#i-cancelled",
            Self::Failed => "#i-failed",
            Self::First => "#i-first",
            Self::Last => "#i-last",
            Self::Back => "#i-back",
            Self::Forward => "#i-forward",
            Self::Play => "#i-play",
            Self::PlayPause => "#i-playpause",
            Self::Stop => "#i-stop",
            Self::Plus => "#i-plus",
            Self::Minus => "#i-minus",
            Self::Theme => "#i-theme",
            Self::Help => "#i-help",
            Self::Warn => "#i-warn",
            Self::Eye => "#i-eye",
        }
    }
}
