//! The name of a language, as small as a number.

use std::fmt;

/// A language tag in lower case, at most eight bytes: `en`, `zh`, `zh-tw`; `und` where it is not known.
///
/// Regions are dropped when a tag is read, save where two written languages hide behind one code (`zh-tw`,
/// `zh-hant` and their like become `zh-tw`): no lint needs more today.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 8]);

impl Lang {
    /// No language is known: lints that need one are silent.
    pub const UNKNOWN: Lang = Lang::literal("und");
    /// English.
    pub const ENGLISH: Lang = Lang::literal("en");

    const fn literal(tag: &str) -> Lang {
        let (bytes, mut out, mut i) = (tag.as_bytes(), [0; 8], 0);
        while i < bytes.len() && i < 8 {
            out[i] = bytes[i];
            i += 1;
        }
        Lang(out)
    }

    /// Reads a BCP 47 tag or what people write in its place (`en_GB`, `pt-BR`, `zh-Hant`); `None` if it is none.
    pub fn parse(tag: &str) -> Option<Lang> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        if !(2..=3).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        if first == "zh" && parts.any(|p| matches!(p, "tw" | "hk" | "mo" | "hant")) {
            return Some(Lang::literal("zh-tw"));
        }
        Some(match first {
            // Codes that name the same written language for our purposes.
            "no" | "nn" => Lang::literal("nb"),
            "iw" => Lang::literal("he"),
            "in" => Lang::literal("id"),
            "cmn" => Lang::literal("zh"),
            other => Lang::literal(other),
        })
    }

    /// What a tag says besides, as far as it tells written forms of one language apart: `pt-br`, `sr-latn`, `ca-valencia`.
    /// `None` for a bare language, and for what is no tag.
    pub fn variety(tag: &str) -> Option<String> {
        let tag = tag.trim().to_ascii_lowercase().replace(['_', '@'], "-");
        let tag = tag.split('.').next().unwrap_or_default();
        Lang::parse(tag)?;
        let is_part = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        (tag.contains('-') && tag.split('-').all(is_part)).then(|| tag.to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&b| b == 0).unwrap_or(8);
        std::str::from_utf8(&self.0[..end]).unwrap_or("und")
    }

    /// Whether a language is known at all.
    pub fn is_known(self) -> bool {
        self != Lang::UNKNOWN
    }

    /// Whether words are written without spaces between them.
    pub fn is_unspaced(self) -> bool {
        const UNSPACED: [Lang; 7] = [
            Lang::literal("zh"),
            Lang::literal("zh-tw"),
            Lang::literal("ja"),
            Lang::literal("th"),
            Lang::literal("lo"),
            Lang::literal("km"),
            Lang::literal("my"),
        ];
        UNSPACED.contains(&self)
    }

    /// A number in the order of the tags, for searching a table of them.
    pub(super) fn key(self) -> u64 {
        u64::from_be_bytes(self.0)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Lang, D::Error> {
        let tag = <std::borrow::Cow<str>>::deserialize(from)?;
        Lang::parse(&tag).ok_or_else(|| serde::de::Error::custom(format!("“{tag}” is not a language tag")))
    }
}
