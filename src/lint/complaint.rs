//! What the TOML reader complains about, in words for people.

/// The complaint of a reader as we say it: a key or a value that is none of ours with the nearest one that is. After
/// `; ` follows what to do.
pub fn complaint(message: &str) -> String {
    let message = message.lines().next().unwrap_or(message).trim();
    for (begin, what) in [("unknown field `", "key"), ("unknown variant `", "value")] {
        let Some((given, expected)) = message.strip_prefix(begin).and_then(|rest| rest.split_once('`')) else {
            continue;
        };
        // `expected one of `a`, `b`` or `expected `a` or `b``: every second piece between the marks is a name.
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        return match crate::nearest(given, known.iter().copied()) {
            Some(near) => format!("there is no {what} “{given}” here; did you mean “{near}”?"),
            None if known.is_empty() => format!("there is no {what} “{given}” here"),
            None => format!("there is no {what} “{given}” here; there are: {}", known.join(", ")),
        };
    }
    match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(field) => format!("the key “{field}” is missing"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wording is that of serde; should it change, this test says so.
    #[test]
    fn the_nearest_key_is_named() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct Both {
            severity: String,
            summary: String,
        }
        let said = |text: &str| complaint(toml::from_str::<Both>(text).unwrap_err().message());
        assert_eq!(said("sevrity = 'x'"), "there is no key “sevrity” here; did you mean “severity”?");
        assert_eq!(said("zzz = 'x'"), "there is no key “zzz” here; there are: severity, summary");
        assert_eq!(said("severity = 'x'"), "the key “summary” is missing");
    }
}
