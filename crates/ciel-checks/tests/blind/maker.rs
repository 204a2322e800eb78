//! Makes values that have a credential's form and open nothing: letters come from a small generator that starts at
//! the case's name, checksums are computed here and not by the code under test.

const DIGITS: &str = "0123456789";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A source of letters.
pub(crate) struct Maker(u64);

impl Maker {
    pub(crate) fn new(seed: &str) -> Self {
        Self(seed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }

    /// `count` letters out of `letters`.
    pub(crate) fn of(&mut self, letters: &str, count: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        (0..count)
            .map(|_| letters[usize::try_from(self.next()).unwrap() % letters.len()])
            .collect()
    }

    pub(crate) fn hex(&mut self, count: usize) -> String {
        self.of("0123456789abcdef", count)
    }

    pub(crate) fn digits(&mut self, count: usize) -> String {
        self.of(DIGITS, count)
    }

    pub(crate) fn lower(&mut self, count: usize) -> String {
        self.of(&format!("{LOWER}{DIGITS}"), count)
    }

    pub(crate) fn upper(&mut self, count: usize) -> String {
        self.of(&format!("{UPPER}234567"), count)
    }

    pub(crate) fn alnum(&mut self, count: usize) -> String {
        self.of(&format!("{LOWER}{UPPER}{DIGITS}"), count)
    }

    pub(crate) fn letters(&mut self, count: usize) -> String {
        self.of(&format!("{LOWER}{UPPER}"), count)
    }

    /// The URL-safe alphabet of base64.
    pub(crate) fn url(&mut self, count: usize) -> String {
        self.of(&format!("{LOWER}{UPPER}{DIGITS}-_"), count)
    }

    /// Base64 of `bytes` bytes, padded.
    pub(crate) fn base64(&mut self, bytes: usize) -> String {
        let bytes: Vec<u8> = (0..bytes).map(|_| self.next().to_le_bytes()[0]).collect();
        base64(&bytes)
    }

    pub(crate) fn uuid(&mut self) -> String {
        format!(
            "{}-{}-4{}-a{}-{}",
            self.hex(8),
            self.hex(4),
            self.hex(3),
            self.hex(3),
            self.hex(12)
        )
    }

    /// A password as a generator of passwords writes it.
    pub(crate) fn password(&mut self) -> String {
        format!(
            "{}{}{}{}",
            self.letters(6),
            self.digits(2),
            self.of("!#*+", 1),
            self.alnum(7)
        )
    }

    /// A prefix, letters, and their CRC-32 in six letters of base 62, as GitHub and npm write tokens.
    pub(crate) fn checked(&mut self, prefix: &str) -> String {
        let body = self.alnum(30);
        format!("{prefix}{body}{}", base62(crc32(body.as_bytes())))
    }

    /// The lines of a PEM block of `bytes` bytes; the first are `start`.
    pub(crate) fn pem(&mut self, label: &str, start: &[u8], bytes: usize) -> String {
        let mut der = start.to_vec();
        while der.len() < bytes {
            der.push(self.next().to_le_bytes()[0]);
        }
        let body = base64(&der);
        let lines: Vec<&str> = (0..body.len())
            .step_by(64)
            .map(|at| &body[at..(at + 64).min(body.len())])
            .collect();
        let dashes = "-".repeat(5);
        format!(
            "{dashes}BEGIN {label}{dashes}\n{}\n{dashes}END {label}{dashes}\n",
            lines.join("\n")
        )
    }

    /// A JSON Web Token with these claims.
    pub(crate) fn jwt(&mut self, claims: &str) -> String {
        let part = |text: &str| {
            base64(text.as_bytes())
                .trim_end_matches('=')
                .replace('+', "-")
                .replace('/', "_")
        };
        format!(
            "{}.{}.{}",
            part(r#"{"alg":"HS256","typ":"JWT"}"#),
            part(claims),
            self.url(43)
        )
    }

    /// An age identity: 32 bytes as Bech32.
    pub(crate) fn age(&mut self) -> String {
        const LETTERS: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        let values: Vec<u32> = (0..51)
            .map(|_| u32::try_from(self.next() % 32).unwrap())
            .chain([16])
            .collect();
        let prefix = ["age-secret", "-key-"].concat();
        let text: String = values
            .iter()
            .chain(&bech32(&prefix, &values))
            .map(|value| char::from(LETTERS.as_bytes()[usize::try_from(*value).unwrap()]))
            .collect();
        format!("{prefix}1{text}").to_uppercase()
    }
}

/// Standard base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let letters = format!("{UPPER}{LOWER}{DIGITS}+/");
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut word = [0, 0, 0, 0];
        word[1..=chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes(word);
        for place in 0..4 {
            let index = usize::try_from(word >> (18 - 6 * place) & 63).unwrap();
            text.push(if place <= chunk.len() {
                char::from(letters.as_bytes()[index])
            } else {
                '='
            });
        }
    }
    text
}

pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}

fn base62(mut number: u32) -> String {
    let letters = format!("{DIGITS}{UPPER}{LOWER}");
    let mut text = Vec::new();
    for _ in 0..6 {
        text.push(letters.as_bytes()[usize::try_from(number % 62).unwrap()]);
        number /= 62;
    }
    text.reverse();
    String::from_utf8(text).unwrap()
}

/// The six values of the checksum of BIP 173.
fn bech32(prefix: &str, values: &[u32]) -> Vec<u32> {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    let all = prefix
        .bytes()
        .map(|byte| u32::from(byte >> 5))
        .chain([0])
        .chain(prefix.bytes().map(|byte| u32::from(byte & 31)))
        .chain(values.iter().copied())
        .chain([0; 6]);
    let sum = all.fold(1_u32, |sum, value| {
        let top = sum >> 25;
        let next = ((sum & 0x1ff_ffff) << 5) ^ value;
        (0..5).fold(next, |next, bit| next ^ (GENERATOR[bit] * (top >> bit & 1)))
    }) ^ 1;
    (0..6).map(|place| sum >> (5 * (5 - place)) & 31).collect()
}
