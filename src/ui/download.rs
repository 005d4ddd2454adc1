//! How much of a large file has come, as far as that can be told.

use super::i18n::{Key, fill};

/// A tenth of a megabyte in bytes: nobody wants to know more exactly.
const TENTH: u32 = 100_000;

/// A file on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Download {
    /// Bytes that have come.
    got: u32,
    /// Bytes of all of it, or 0.
    whole: u32,
}

impl Download {
    /// One of which nothing has come yet, by what its answer says. What is compressed on the way has the length of what
    /// travels, and comes out longer.
    pub fn of(length: Option<&str>, encoding: Option<&str>) -> Self {
        let length = length.filter(|_| encoding.is_none_or(|how| how == "identity"));
        let whole = length.and_then(|length| length.parse().ok()).unwrap_or(0);
        Self { got: 0, whole }
    }

    /// More of it came; whether that is worth telling.
    pub fn comes(&mut self, bytes: u32) -> bool {
        let before = self.got;
        self.got = self.got.saturating_add(bytes);
        if self.got > self.whole {
            // Whatever was said of its length is wrong.
            self.whole = 0;
        }
        self.got / TENTH != before / TENTH || self.got == self.whole
    }

    /// The bytes that have come, and all of them, when that is known.
    pub fn share(self) -> Option<(u32, u32)> {
        (self.whole > 0).then_some((self.got, self.whole))
    }

    /// How much has come, in words.
    pub fn told(self) -> String {
        let (n, whole) = (megabytes(self.got), megabytes(self.whole));
        let key = if self.whole > 0 {
            Key::FetchedOf
        } else {
            Key::Fetched
        };
        fill(key, &[("n", &n), ("whole", &whole)])
    }
}

fn megabytes(bytes: u32) -> String {
    let tenths = bytes / TENTH;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_numbers() {
        let mut download = Download::of(Some("4150000"), None);
        assert_eq!(
            (download.told(), download.share()),
            ("0.0 of 4.1 MB".into(), Some((0, 4_150_000)))
        );
        assert!(download.comes(2_000_000));
        assert_eq!(
            (download.told(), download.share()),
            ("2.0 of 4.1 MB".into(), Some((2_000_000, 4_150_000)))
        );
        assert!(!download.comes(99_999));
        assert!(download.comes(1));
        assert!(download.comes(2_050_000));
        assert_eq!(
            (download.told(), download.share()),
            ("4.1 of 4.1 MB".into(), Some((4_150_000, 4_150_000)))
        );
    }

    #[test]
    fn it_is_never_more_than_all_of_it() {
        let mut download = Download::of(Some("1000000"), None);
        download.comes(1_500_000);
        assert_eq!(
            (download.told(), download.share()),
            ("1.5 MB so far".into(), None)
        );
        download.comes(u32::MAX);
        assert_eq!(download.share(), None);
    }

    #[test]
    fn a_length_that_is_of_something_else_is_not_told() {
        for (length, encoding) in [
            (Some("1000000"), Some("br")),
            (Some("soon"), None),
            (Some("0"), None),
            (None, None),
        ] {
            let mut download = Download::of(length, encoding);
            download.comes(300_000);
            assert_eq!(
                (download.told(), download.share()),
                ("0.3 MB so far".into(), None)
            );
        }
        let plain = Download::of(Some("500000"), Some("identity"));
        assert_eq!(plain.told(), "0.0 of 0.5 MB");
    }
}
