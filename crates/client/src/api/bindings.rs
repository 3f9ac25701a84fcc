//! Collects TypeScript declarations, each once, in a stable order.

use std::{any::TypeId, collections::BTreeMap};

use ts_rs::{Config, TS, TypeVisitor};
use xinmei_model::limits;

pub(crate) struct Types<'c> {
    cfg: &'c Config,
    seen: Vec<TypeId>,
    declared: BTreeMap<String, String>,
}

impl<'c> Types<'c> {
    pub(crate) fn new(cfg: &'c Config) -> Self {
        Self { cfg, seen: Vec::new(), declared: BTreeMap::new() }
    }

    pub(crate) fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }

    pub(crate) fn finish(self, calls: &str) -> String {
        let mut text = String::from(
            "// Generated from crates/client/src/api by `cargo xtask bindings`. Do not edit.\n\n",
        );
        for declaration in self.declared.values() {
            text.push_str("export ");
            text.push_str(declaration);
            text.push_str("\n\n");
        }
        text.push_str(&limits_of_forms());
        text.push_str(calls);
        text
    }
}

/// What forms may hold, as the model has it: a window types none of it.
fn limits_of_forms() -> String {
    let forms: [(&str, &[(&str, u64)]); 5] = [
        ("contest", &[("breaks", limits::BREAKS_PER_OFFER as u64)]),
        (
            "venue",
            &[
                ("name", limits::VENUE_NAME_CHARS as u64),
                ("location", limits::VENUE_WHERE_CHARS as u64),
                ("note", limits::NOTE_CHARS as u64),
                ("people", limits::VENUE_PEOPLE as u64),
            ],
        ),
        (
            "trip",
            &[
                ("place", limits::TITLE_CHARS as u64),
                ("name", limits::GATE_NAME_CHARS as u64),
                ("note", limits::NOTE_CHARS as u64),
                ("ratio", limits::CHILDREN_PER_ADULT as u64),
                ("seats", limits::BUS_SEATS as u64),
                ("buses", limits::BUSES as u64),
                ("stops", limits::TRIP_STOPS as u64),
            ],
        ),
        (
            "volunteer",
            &[
                ("name", limits::TITLE_CHARS as u64),
                ("about", limits::BODY_CHARS as u64),
                ("reason", limits::NOTE_CHARS as u64),
                ("people", limits::CONFIRMED_AT_ONCE as u64),
                ("requires", limits::REQUIRED_PER_POST as u64),
                ("rest", limits::REST_MINUTES as u64),
                ("shifts", limits::SHIFTS_PER_POST as u64),
                ("needed", limits::NEEDED_PER_SHIFT as u64),
                ("pupils", limits::PUPILS_PER_SHIFT as u64),
                ("per_adult", limits::PUPILS_PER_ADULT as u64),
                ("grade", limits::GRADES as u64),
            ],
        ),
        (
            "hours",
            &[
                ("title", limits::TITLE_CHARS as u64),
                ("reason", limits::NOTE_CHARS as u64),
                ("evidence", limits::HOURS_EVIDENCE_CHARS as u64),
                ("proof", limits::PROOF_CHARS as u64),
                ("files", limits::HOURS_FILES as u64),
            ],
        ),
    ];
    let mut text = String::from(
        "/** What forms may hold: characters of texts, most of numbers and lists. */\nexport const formLimits = {\n",
    );
    for (form, fields) in forms {
        let fields: Vec<_> = fields.iter().map(|(field, most)| format!("{field}: {most}")).collect();
        text.push_str(&format!("  {form}: {{ {} }},\n", fields.join(", ")));
    }
    text.push_str("} as const;\n\n");
    text
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        T::visit_dependencies(self);
        T::visit_generics(self);
        // Types without a declaration of their own (strings, numbers, lists) stand inline.
        if T::output_path().is_some() {
            let clash = self.declared.insert(T::ident(self.cfg), T::decl(self.cfg));
            assert!(clash.is_none(), "two types are called {}", T::ident(self.cfg));
        }
    }
}
