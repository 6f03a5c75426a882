//! Every example of every definition.

use copydesk::lint::{Linter, examples, registry};

#[test]
fn every_example_holds() {
    let others = Linter::default();
    let mut wrong = Vec::new();
    for lint in registry::builtin() {
        let given = registry::examples(&lint.id).unwrap_or_default();
        for what in examples::run(lint, &given, &others) {
            wrong.push(format!("lints/{}.toml: {what}", lint.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
