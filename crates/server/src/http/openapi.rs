//! `/openapi.json`, made from one table and the types' own schemas.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use xinmei_model::wire;

use super::{ImportConfirm, ImportFile, ImportUndo};
use crate::import::shown;

type SchemaOf = fn(&mut SchemaGenerator) -> Value;

/// One operation.
pub struct Operation {
    /// `get`, `post`, `delete`, `head`, `patch`
    pub method: &'static str,
    /// With `{id}` where an id stands, `{sha256}` for a file, and `{secret}` for what a person made.
    pub path: &'static str,
    /// One line.
    pub summary: &'static str,
    /// Who may call it, in a word: `anyone`, `device`, `staff`, `administrator`.
    pub who: &'static str,
    ask: Option<SchemaOf>,
    answer: Option<SchemaOf>,
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    serde_json::to_value(generator.subschema_for::<T>()).unwrap_or_default()
}

macro_rules! operations {
    ($($method:literal $path:literal $who:literal $summary:literal $(ask $ask:ty)? $(=> $answer:ty)? ;)+) => {
        /// Every operation. The router is compared with this table by a test.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            method: $method,
            path: $path,
            summary: $summary,
            who: $who,
            ask: operations!(@schema $($ask)?),
            answer: operations!(@schema $($answer)?),
        }),+];
    };
    (@schema $t:ty) => { Some(of::<$t> as SchemaOf) };
    (@schema) => { None };
}

operations! {
    "get" "/healthz" "anyone" "The process answers.";
    "get" "/readyz" "anyone" "The store answers.";
    "get" "/openapi.json" "anyone" "This document.";
    "get" "/calendar/{secret}" "anyone" "A person's calendar (text/calendar), at the address they made of a secret: /calendar/….ics, or ….en.ics for English.";
    "get" "/v1/school" "anyone" "The public face of the school." => wire::Face;
    "post" "/v1/invites/prove" "anyone" "The server proves that it knows a code." ask wire::ProveInvite => wire::InviteProof;
    "post" "/v1/enrol" "anyone" "A device joins with a code." ask wire::Enrol => wire::Enrolled;
    "post" "/v1/challenge" "anyone" "A challenge to sign with the device key." => wire::Challenge;
    "post" "/v1/sessions" "anyone" "A device opens a session with its key." ask wire::OpenSession => wire::Token;
    "delete" "/v1/sessions/current" "device" "The device signs out.";
    "post" "/v1/push" "device" "Mutations, in order." ask wire::Push => wire::Pushed;
    "post" "/v1/pull" "device" "What the device has not seen." ask wire::Pull => wire::Page;
    "get" "/v1/live" "device" "A stream of pokes (text/event-stream).";
    "get" "/v1/mutations/{id}" "device" "The fate of one's own mutation." => wire::Settled;
    "get" "/v1/notices/{id}/delivery" "staff" "On whose devices one's own notice is." => wire::Delivery;
    "post" "/v1/uploads" "device" "Begins an upload, or finds how far it has come." ask wire::BeginUpload => wire::UploadStand;
    "head" "/v1/uploads/{sha256}" "device" "How far one's own upload has come: Upload-Offset and Upload-Length, as in tus 1.0.";
    "patch" "/v1/uploads/{sha256}" "device" "The next bytes of one's own upload, at Upload-Offset, as in tus 1.0.";
    "get" "/v1/files/{sha256}" "device" "A file that a row names which the caller may see; with Range, a part of it.";
    "post" "/v1/invites" "staff" "Invites to print." ask wire::IssueInvites => Vec<wire::Invite>;
    "post" "/v1/history" "device" "What a family had in its hands at a moment." ask wire::AskHistory => wire::ToldThen;
    "post" "/v1/reports/{id}/read" "administrator" "Reads a reported conversation; logged first." ask wire::ReadReported => wire::ReportedThread;
    "post" "/v1/inboxes/{id}/count" "staff" "How many conversations a hat would hand over." ask wire::CountOpen => wire::OpenCount;
    "post" "/v1/imports" "administrator" "What a roster would change; writes nothing." ask ImportFile => shown::Previewed;
    "get" "/v1/imports" "administrator" "Imports so far." => shown::Imports;
    "post" "/v1/imports/{id}/confirm" "administrator" "Makes a previewed import real." ask ImportConfirm => shown::Outcome;
    "post" "/v1/imports/{id}/undo" "administrator" "Puts back what an import changed." ask ImportUndo => shown::Outcome;
}

/// The document (OpenAPI 3.1).
#[must_use]
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in OPERATIONS {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(methods) = entry.as_object_mut() {
            methods.insert(operation.method.into(), describe(operation, &mut generator));
        }
    }
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Xinmei school server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What a device and the school say to each other. Mutations and rows are described in crates/model.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } }
        }
    })
}

fn describe(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let content = |schema: Value| json!({ "application/json": { "schema": schema } });
    let problem = of::<wire::Problem>(generator);
    let success = if matches!(operation.method, "delete" | "patch") { "204" } else { "200" };
    let mut responses = Map::new();
    let mut answer = json!({ "description": "Done." });
    if let (Some(schema), Some(object)) = (operation.answer, answer.as_object_mut()) {
        object.insert("content".into(), content(schema(generator)));
    }
    responses.insert(success.into(), answer);
    responses.insert(
        "default".into(),
        json!({ "description": "A problem (RFC 9457) with a stable code.",
                "content": { "application/problem+json": { "schema": problem } } }),
    );
    let secured = if operation.who == "anyone" { json!([]) } else { json!([{ "session": [] }]) };
    let mut described = json!({
        "summary": operation.summary, "responses": responses, "security": secured,
    });
    if let Some(object) = described.as_object_mut() {
        if let Some(schema) = operation.ask {
            let body = json!({ "required": true, "content": content(schema(generator)) });
            object.insert("requestBody".into(), body);
        }
        let parameters = parameters(operation);
        if !parameters.is_empty() {
            object.insert("parameters".into(), parameters.into());
        }
        if operation.method == "patch" {
            let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
            let body = json!({ "required": true, "content": { "application/offset+octet-stream": bytes } });
            object.insert("requestBody".into(), body);
        }
    }
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let mut parameters = Vec::new();
    if operation.path.contains("{id}") {
        let schema = json!({ "type": "string", "format": "uuid" });
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
    }
    if operation.path.contains("{sha256}") {
        let schema = json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" });
        parameters.push(json!({ "name": "sha256", "in": "path", "required": true, "schema": schema }));
    }
    if operation.path.contains("{secret}") {
        let schema = json!({ "type": "string", "pattern": r"^[A-Za-z0-9_-]{43}\.ics$" });
        parameters.push(json!({ "name": "secret", "in": "path", "required": true, "schema": schema }));
    }
    if operation.method == "patch" {
        let schema = json!({ "type": "integer", "minimum": 0 });
        parameters
            .push(json!({ "name": "Upload-Offset", "in": "header", "required": true, "schema": schema }));
    }
    parameters
}
