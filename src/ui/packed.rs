//! A text in few letters that an address may hold: its bytes, six bits a letter.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Packs a text.
pub fn pack(text: &str) -> String {
    let mut packed = String::with_capacity(text.len() * 4 / 3 + 3);
    for part in text.as_bytes().chunks(3) {
        let whole = part.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for place in 0..=part.len() {
            packed.push(char::from(LETTERS[(whole >> (18 - 6 * place) & 63) as usize]));
        }
    }
    packed
}

/// The text that was packed; nothing when it was damaged on its way.
pub fn unpack(packed: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(packed.len());
    for part in packed.as_bytes().chunks(4) {
        let mut whole = 0;
        for letter in part {
            let value = LETTERS.iter().position(|other| other == letter)?;
            whole = whole << 6 | u32::try_from(value).ok()?;
        }
        whole <<= 6 * (4 - part.len());
        bytes.extend_from_slice(&whole.to_be_bytes()[1..part.len()]);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_survives_the_way() {
        assert_eq!(pack("await x"), "YXdhaXQgeA");
        for text in [
            "",
            "a",
            "ab",
            "abc",
            "print('日本 é')\n\t# ~",
            "x".repeat(999).as_str(),
        ] {
            let packed = pack(text);
            assert!(packed.bytes().all(|letter| LETTERS.contains(&letter)), "{packed}");
            assert_eq!(unpack(&packed).as_deref(), Some(text));
        }
    }

    #[test]
    fn damage_is_noticed() {
        for packed in ["YX dh", "YXdh=", "_____w"] {
            assert_eq!(unpack(packed), None, "{packed}");
        }
    }
}
