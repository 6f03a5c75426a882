//! Placeholders: what a program puts a name, a number or a date in the place of.

/// Longer ones are text: each sign is looked at from close by, so that reading takes linear time.
const LONGEST: usize = 512;
/// An argument of an ICU message holds the sentences it chooses among. A longer one is text.
const LONGEST_MESSAGE: usize = 4_096;
/// What an ICU message does with an argument.
const USES: [&str; 10] =
    ["plural", "select", "selectordinal", "number", "date", "time", "choice", "ordinal", "spellout", "duration"];

/// Where the placeholder ends that begins at a byte of a text, one of `%`, `{`, `$`, `&` and `@`.
pub fn end(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'%' => percent(text, at),
        b'{' => braces(text, at),
        b'$' => braces(text, at).or_else(|| variable(text, at)),
        b'@' => between(text, at),
        b'&' => entity(text, at),
        _ => None,
    }
}

/// Where a placeholder ends that begins with this percent sign: of printf and its descendants, Python, Ruby, Qt, Twig.
fn percent(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // “100%of”: a percentage. A sign that is doubled is written so to be a sign.
    if at > 0 && (bytes[at - 1].is_ascii_digit() || bytes[at - 1] == b'%') {
        return None;
    }
    let rest = bytes.get(at + 1..)?;
    let named = |close: u8| {
        let end = rest.iter().take(LONGEST).position(|b| *b == close)?;
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        (end > 1 && rest[1..end].iter().all(is_name)).then_some(end + 1)
    };
    let mut n = match *rest.first()? {
        b'{' => return Some(at + 1 + named(b'}')?),
        b'(' => named(b')')?,
        b'<' => named(b'>')?,
        b'L' if rest.get(1).is_some_and(u8::is_ascii_digit) => return Some(at + 3),
        _ => 0,
    };
    let spec = n;
    let digits = |n: usize| rest[n..].iter().take(16).take_while(|b| b.is_ascii_digit()).count();
    let count = digits(n);
    let positional = count > 0 && rest.get(n + count) == Some(&b'$');
    if positional {
        n += count + 1;
    }
    n += rest[n..].iter().take(16).take_while(|b| matches!(b, b'#' | b'0' | b'-' | b'+' | b'\'')).count();
    n += digits(n) + usize::from(rest.get(n) == Some(&b'*'));
    if rest.get(n) == Some(&b'.') && rest.get(n + 1).is_some_and(|b| b.is_ascii_digit() || *b == b'*') {
        n += 1 + digits(n + 1).max(1);
    }
    n += rest[n..].iter().take(2).take_while(|b| matches!(b, b'h' | b'l' | b'L' | b'q' | b'z' | b'j' | b't')).count();
    let macros = rest[n..].strip_prefix(b"<PRI").and_then(|rest| rest.iter().take(16).position(|b| *b == b'>'));
    if let Some(end) = macros {
        return Some(at + 1 + n + 4 + end + 1);
    }
    if rest.get(n).is_some_and(|b| b"diouxXeEfFgGcspn@S".contains(b)) {
        // “%name%”, where a letter of the name would pass for a conversion.
        let end = at + 1 + enclosed(rest).unwrap_or(n + 1);
        // “100 %de”: so is a percentage set in some languages.
        let glued = n == 0 && text[end..].starts_with(char::is_alphanumeric);
        return (!glued || !follows_number(text, at)).then_some(end);
    }
    // “%1” of Qt and KDE.
    if spec == 0 && count > 0 && !positional {
        return Some(at + 1 + count.min(2));
    }
    enclosed(rest).map(|end| at + 1 + end)
}

/// The length of `name%`.
fn enclosed(rest: &[u8]) -> Option<usize> {
    let length = rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    (length > 1 && rest.get(length) == Some(&b'%')).then_some(length + 1)
}

/// Where a placeholder in braces ends: `{}`, `{0}`, `{name}`, `{name:…}`, `{{ … }}`, `${name}`.
fn braces(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = at + usize::from(bytes[at] == b'$');
    if bytes.get(start) != Some(&b'{') {
        return None;
    }
    let doubled = bytes.get(start + 1) == Some(&b'{');
    let from = start + 1 + usize::from(doubled);
    let length = bytes[from..].iter().take(LONGEST).position(|b| matches!(b, b'{' | b'}' | b'\n'))?;
    let end = from + length;
    if bytes[at] == b'{' && !doubled && bytes[from..end].contains(&b',') {
        return message(bytes, from);
    }
    if bytes[end] != b'}' || doubled && bytes.get(end + 1) != Some(&b'}') {
        return None;
    }
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'$' | b'[' | b']');
    let inside = &bytes[from..end];
    let name = inside.iter().take_while(|b| is_name(b)).count();
    let formatted = matches!(inside.get(name), Some(b':' | b'!')) && !inside.contains(&b' ');
    (doubled || name == inside.len() || formatted).then_some(end + 1 + usize::from(doubled))
}

/// The end of an argument of an ICU message, `{count, plural, one {# boat} other {# boats}}`, whose inside begins at `from`.
fn message(bytes: &[u8], from: usize) -> Option<usize> {
    let inside = &bytes[from..bytes.len().min(from + LONGEST_MESSAGE)];
    let head = std::str::from_utf8(inside.split(|b| matches!(b, b'{' | b'}')).next()?).ok()?;
    let mut parts = head.split(',').map(str::trim);
    let (name, used) = (parts.next()?, parts.next()?);
    let is_name =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    if !is_name || !USES.contains(&used) {
        return None;
    }
    let mut depth = 1;
    for (n, b) in inside.iter().enumerate() {
        depth += i32::from(*b == b'{') - i32::from(*b == b'}');
        if depth == 0 {
            return Some(from + n + 1);
        }
    }
    None
}

/// The end of a variable of a shell, an installer or an office suite: `$name`, `$(name)`, `$name$`, `$[name]`. An amount of money
/// is none.
fn variable(text: &str, at: usize) -> Option<usize> {
    if text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    let bytes = text.as_bytes();
    let opened = bytes.get(at + 1).copied().filter(|b| matches!(b, b'(' | b'['));
    let from = at + 1 + usize::from(opened.is_some());
    let is_part =
        |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || opened.is_some() && matches!(b, b'^' | b'.' | b'-');
    let length = bytes[from..].iter().take(LONGEST).take_while(|b| is_part(b)).count();
    let end = from + length;
    let named = length > 1 && !bytes[from].is_ascii_digit();
    match bytes.get(end) {
        Some(b')') if opened == Some(b'(') && named => Some(end + 1),
        Some(b']') if opened == Some(b'[') && named => Some(end + 1),
        _ if opened.is_some() || !named => None,
        Some(b'$') => Some(end + 1),
        _ => Some(end),
    }
}

/// The end of `@name@`, which a build puts something in the place of.
fn between(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let length = bytes[at + 1..].iter().take(64).take_while(|b| is_part(b)).count();
    let end = at + 1 + length;
    let bare = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '@');
    (bare && length > 1 && bytes.get(end) == Some(&b'@')).then_some(end + 1)
}

/// Whether a sign stands right behind a number, or behind one and spaces.
fn follows_number(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}']).ends_with(|c: char| c.is_ascii_digit())
}

/// The end of an entity that is no character, `&productName;`. HTML has no name with a point, a hyphen or a capital inside.
fn entity(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at + 1..];
    let length = bytes.iter().take(64).position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'-' | b'_'))?;
    let name = &bytes[..length];
    let is_own = name
        .windows(2)
        .any(|two| matches!(two[1], b'.' | b'-' | b'_') || two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
    let whole = bytes[length] == b';' && name.first().is_some_and(u8::is_ascii_alphabetic);
    (whole && is_own).then_some(at + 1 + length + 1)
}
