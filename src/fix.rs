//! Applies fixes to a text. What is written to disk, and how, is the business of the command line.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::text::{Source, Writing};

/// The fixes to apply out of the diagnostics of one source.
///
/// A fix is applied whole or not at all. Where two touch, the one that comes first in the text wins, and of two at one
/// place the one of the more severe lint, then of the lint first by id; the other has its turn in the next round.
pub fn select<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, least: Safety) -> Vec<&'a Fix> {
    let mut offers: Vec<(&Diagnostic, &Fix)> = diagnostics
        .into_iter()
        .filter_map(|d| Some((d, d.fix.as_ref()?)))
        .filter(|(_, fix)| fix.safety >= least && !fix.edits.is_empty())
        .collect();
    offers.sort_by(|(a, x), (b, y)| {
        let key = |d: &Diagnostic, f: &Fix| (f.edits[0].span.start, std::cmp::Reverse(d.severity));
        key(a, x).cmp(&key(b, y)).then_with(|| a.lint.id.cmp(&b.lint.id)).then_with(|| a.at.span.cmp(&b.at.span))
    });
    // Ends of taken stretches by their starts. They never touch, so the last one that begins before an edit ends is
    // the only one that could touch it.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (_, fix) in offers {
        // Touching counts as overlapping: an insertion at the edge of a deletion has no defined order.
        let touches =
            |edit: &Edit| taken.range(..=edit.span.end).next_back().is_some_and(|(_, &end)| edit.span.start <= end);
        let ordered = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        if !ordered || fix.edits.iter().any(touches) {
            continue;
        }
        for edit in &fix.edits {
            taken.entry(edit.span.start).and_modify(|end| *end = (*end).max(edit.span.end)).or_insert(edit.span.end);
        }
        chosen.push(fix);
    }
    chosen
}

/// The text with these edits applied; bytes outside their spans stay as they are. Fixes come in the order of the text and
/// do not overlap, as [`select`] gives them; spans are bytes of `text`.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    splice(text, fixes.into_iter().flat_map(|fix| &fix.edits).cloned().collect())
}

/// A file's text with the edits of all its diagnostics applied, and how many fixes those are: what is right for a
/// record is carried over into the file around it.
pub fn apply_to_file(file: &Source, diagnostics: &[Diagnostic], least: Safety) -> (String, usize) {
    let mut parts: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known: HashMap<*const Source, usize> = HashMap::new();
    for d in diagnostics {
        let part = *known.entry(Arc::as_ptr(&d.at.source)).or_insert_with(|| {
            parts.push(Vec::new());
            parts.len() - 1
        });
        parts[part].push(d);
    }
    let mut edits = Vec::new();
    let mut count = 0;
    for part in parts {
        let carry = Carry::into_file_of(&part[0].at.source);
        let chosen = select(part.iter().copied(), least);
        count += chosen.len();
        edits.extend(chosen.iter().flat_map(|fix| &fix.edits).map(|edit| carry.edit(edit)));
    }
    (splice(file.text(), edits), count)
}

fn splice(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        debug_assert!(at <= edit.span.start as usize, "edits overlap at byte {at}");
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// Carries edits of a source over into its file: those of a record are mapped, and written as its syntax wants.
pub struct Carry<'a> {
    source: &'a Source,
    /// Line breaks that are put in look like those around them; there is a choice only where there is a CR.
    has_cr: OnceCell<bool>,
    /// The record's line holds only ASCII, while its text does not: whoever wrote it escapes all the rest.
    escapes_all: OnceCell<bool>,
}

impl<'a> Carry<'a> {
    /// For the edits of a source. What it needs to know of the text is looked at once.
    pub fn into_file_of(source: &'a Source) -> Carry<'a> {
        Carry { source, has_cr: OnceCell::new(), escapes_all: OnceCell::new() }
    }

    /// An edit of the source as an edit of the file.
    pub fn edit(&self, edit: &Edit) -> Edit {
        let text = self.with_local_breaks(edit);
        let text = match self.source.record() {
            Some(record) if record.writing == Writing::Json => {
                json_escaped(&text, !text.is_ascii() && self.escapes_all())
            }
            // What cannot be written is not offered by the linter; should it come nevertheless, all stays as it is.
            _ => match self.source.written(edit.span, &text) {
                Some(written) => written.into_owned(),
                None => self.source.in_file(edit.span).slice(self.source.file().text()).to_owned(),
            },
        };
        Edit { span: self.source.in_file(edit.span), text }
    }

    fn escapes_all(&self) -> bool {
        *self.escapes_all.get_or_init(|| {
            let line = self.source.record().and_then(|r| Some(r.file.line(r.line)?.slice(r.file.text())));
            line.is_some_and(str::is_ascii) && !self.source.text().is_ascii()
        })
    }

    fn has_cr(&self) -> bool {
        *self.has_cr.get_or_init(|| memchr::memchr(b'\r', self.source.text().as_bytes()).is_some())
    }

    /// The text of an edit with its line breaks as they are nearby.
    fn with_local_breaks<'e>(&self, edit: &'e Edit) -> Cow<'e, str> {
        if !edit.text.contains('\n') || !self.has_cr() {
            return Cow::Borrowed(&edit.text);
        }
        let bytes = self.source.text().as_bytes();
        let (before, after) = bytes.split_at(edit.span.start as usize);
        let near = memchr::memrchr2(b'\n', b'\r', before)
            .or_else(|| memchr::memchr2(b'\n', b'\r', after).map(|n| before.len() + n));
        let style = match near {
            Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => "\r\n",
            Some(at) if bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r' => "\r\n",
            Some(at) if bytes[at] == b'\r' => "\r",
            _ => "\n",
        };
        Cow::Owned(edit.text.replace("\r\n", "\n").replace('\n', style))
    }
}

/// A text as it stands between the quotes of a JSON string.
fn json_escaped(text: &str, ascii: bool) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inner = &quoted[1..quoted.len() - 1];
    if !ascii || inner.is_ascii() {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(2 * inner.len());
    for c in inner.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// How many rounds of fixing there are before only those count that make the text shorter.
pub const ROUNDS: usize = 10;
/// How many rounds there are at all: a word written a thousand times goes by halves.
const ALL_ROUNDS: usize = 64;

/// How fixing a text ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Rest<T> {
    /// The text, and what the last look at it brought.
    pub text: String,
    /// What `look` made of that text.
    pub seen: T,
    /// How many fixes were applied.
    pub applied: usize,
    /// Whether the fixes came to rest. If not, `text` is the one that was given.
    pub at_rest: bool,
}

/// Fixes round by round until nothing changes. `look` checks a text and returns what it saw, with the text after one
/// round of fixes and how many those are; it says the same of the same text every time.
///
/// Fixes that lead back to a text seen before would go round for ever: the first text of such a circle stays, so that
/// a second run changes nothing.
pub fn until_rest<T>(text: &str, mut look: impl FnMut(&str) -> (T, Option<(String, usize)>)) -> Rest<T> {
    let mut now = Cow::Borrowed(text);
    let mut applied = 0;
    // Texts are kept by their hashes: the file may be large, and circles are rare.
    let mut seen_before: Vec<u64> = Vec::new();
    loop {
        let (seen, next) = look(&now);
        let Some((next, count)) = next.filter(|(next, _)| *next != now) else {
            return Rest { text: now.into_owned(), seen, applied, at_rest: true };
        };
        seen_before.push(hash(&now));
        if let Some(first) = seen_before.iter().position(|known| *known == hash(&next)) {
            return replay(text, first, look);
        }
        let rounds = seen_before.len();
        if rounds >= ALL_ROUNDS || (rounds >= ROUNDS && next.len() >= now.len()) {
            return Rest { at_rest: false, ..replay(text, 0, look) };
        }
        now = Cow::Owned(next);
        applied += count;
    }
}

/// The state after so many rounds.
fn replay<T>(text: &str, rounds: usize, mut look: impl FnMut(&str) -> (T, Option<(String, usize)>)) -> Rest<T> {
    let mut now = text.to_owned();
    let mut applied = 0;
    for _ in 0..rounds {
        if let (_, Some((next, count))) = look(&now) {
            now = next;
            applied += count;
        }
    }
    let (seen, _) = look(&now);
    Rest { text: now, seen, applied, at_rest: true }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Severity};
    use crate::lint::registry;
    use crate::text::{Lang, Record, Span, Writing};

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.into() }
    }

    /// Finds something at its first edit, and offers these edits.
    fn offer(lint: &str, severity: Severity, edits: &[Edit]) -> Diagnostic {
        let at = Place { source: Arc::new(Source::new("a.txt", "0123456789")), span: edits[0].span };
        Diagnostic {
            lint: registry::named(lint).unwrap().clone(),
            severity,
            message: String::new(),
            help: String::new(),
            block: at.span,
            at,
            lang: Lang::UNKNOWN,
            related: Vec::new(),
            fix: Some(Fix { safety: Safety::Safe, edits: edits.to_vec() }),
        }
    }

    /// The texts that the chosen fixes put in, in their order.
    fn chosen(offers: &[Diagnostic]) -> String {
        let fixes = select(offers, Safety::Safe);
        fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.text.as_str()).collect()
    }

    #[test]
    fn of_fixes_that_touch_the_first_is_chosen() {
        let warning = |edits: &[Edit]| offer("repeated-word", Severity::Warning, edits);
        assert_eq!(chosen(&[warning(&[edit(2, 4, "b")]), warning(&[edit(0, 2, "a")])]), "a", "they share no byte");
        assert_eq!(chosen(&[warning(&[edit(2, 2, "b")]), warning(&[edit(0, 2, "a")])]), "a", "put in at the edge");
        assert_eq!(chosen(&[warning(&[edit(3, 4, "b")]), warning(&[edit(0, 2, "a")])]), "ab");
        let whole = [warning(&[edit(0, 1, "a"), edit(6, 8, "b")]), warning(&[edit(3, 4, "c"), edit(7, 9, "d")])];
        assert_eq!(chosen(&whole), "ab", "a fix is applied whole or not at all");
        assert_eq!(chosen(&[warning(&[edit(4, 5, "b"), edit(0, 1, "a")])]), "", "edits stand in order");
        assert_eq!(chosen(&[warning(&[edit(0, 5, "a"), edit(4, 6, "b")])]), "", "and apart");
    }

    #[test]
    fn of_fixes_at_one_place_the_more_severe_is_chosen_then_the_first_by_name() {
        let here = [edit(2, 4, "w")];
        let severe = offer("stray-space", Severity::Error, &[edit(2, 3, "e")]);
        assert_eq!(chosen(&[offer("repeated-word", Severity::Warning, &here), severe]), "e");
        let earlier = offer("mojibake", Severity::Warning, &[edit(2, 3, "m")]);
        assert_eq!(chosen(&[offer("repeated-word", Severity::Warning, &here), earlier]), "m");
    }

    #[test]
    fn inserted_line_breaks_look_like_those_nearby() {
        let at = |text: &str, at| Carry::into_file_of(&Source::new("a.txt", text)).edit(&edit(at, at, "x\ny")).text;
        assert_eq!(at("a\nb", 3), "x\ny");
        assert_eq!(at("a\r\nb", 4), "x\r\ny");
        assert_eq!(at("ab\r\nc", 1), "x\r\ny");
        assert_eq!(at("a\rb", 3), "x\ry");
        assert_eq!(at("a\r\nb\nc", 5), "x\ny");
    }

    #[test]
    fn edits_of_records_are_escaped_as_json() {
        let line = r#"{"text": "a\u00e9b"}"#;
        let file = Arc::new(Source::new("a.jsonl", line));
        let mut origin = crate::text::Origin::default();
        origin.push(Span::new(0, 1), Span::new(10, 11));
        origin.push(Span::new(1, 3), Span::new(11, 17));
        origin.push(Span::new(3, 4), Span::new(17, 18));
        let record =
            Record { id: "1".into(), line: 1, file: file.clone(), origin, writing: Writing::Json, cdata: Vec::new() };
        let source = Source::of_record("aéb", record);
        let carry = Carry::into_file_of(&source);
        let done = carry.edit(&edit(1, 3, "ü\"\n😀"));
        assert_eq!(
            done,
            edit(11, 17, r#"\u00fc\"\n\ud83d\ude00"#),
            "the writer of this line escapes what is not ASCII"
        );
        assert_eq!(carry.edit(&edit(4, 4, "!")), edit(18, 18, "!"));
    }

    #[test]
    fn fixes_come_to_rest() {
        let run = |text: &str, next: fn(&str) -> String| {
            until_rest(text, |t| ((), Some((next(t), 1)).filter(|(n, _)| n != t)))
        };
        let done = run("aaaaaa", |t| if t.len() > 1 { t[1..].to_owned() } else { t.to_owned() });
        assert_eq!((done.text.as_str(), done.applied, done.at_rest), ("a", 5, true));
        let circle = run("x", |t| match t {
            "x" => "a".into(),
            "a" => "b".into(),
            _ => "a".into(),
        });
        assert_eq!((circle.text.as_str(), circle.applied, circle.at_rest), ("a", 1, true));
        let growing = run("x", |t| format!("{t}x"));
        assert_eq!((growing.text.as_str(), growing.applied, growing.at_rest), ("x", 0, false));
        let shrinking = run(&"a".repeat(40), |t| t.get(1..).unwrap_or_default().to_owned());
        assert_eq!((shrinking.text.as_str(), shrinking.at_rest), ("", true));
    }
}
