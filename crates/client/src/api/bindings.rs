//! Collects TypeScript declarations, each once, in a stable order.

use std::{any::TypeId, collections::BTreeMap};

use ts_rs::{Config, TS, TypeVisitor};

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
        text.push_str(calls);
        text
    }
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
