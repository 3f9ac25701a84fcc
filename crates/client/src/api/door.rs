//! How the door is declared: from one list the requests, their answers and the TypeScript.

/// Declares the door once.
macro_rules! door {
    ($( $name:literal $variant:ident ( $($request:ident)::+ ) -> $($reply:ident)::+ ; )+) => {
        /// A question through the door.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "ask", content = "with")]
        pub enum Request {
            $( #[serde(rename = $name)] #[doc = concat!("`", $name, "`")] $variant($($request)::+), )+
        }

        impl Request {
            /// Answers it. The reply is JSON, because the window and the local socket need it so.
            ///
            /// # Errors
            /// See [`Fault`].
            pub async fn answer(self, client: &crate::Client) -> Result<serde_json::Value, Fault> {
                match self {
                    $( Self::$variant(ask) => {
                        let reply: $($reply)::+ = ask.answer(client).await?;
                        serde_json::to_value(reply).map_err(|error| client.broken(&error))
                    } )+
                }
            }
        }

        /// The TypeScript of the door: every type, and `Calls`, which gives each name its request and reply.
        #[must_use]
        pub fn typescript() -> String {
            let cfg = ts_rs::Config::new().with_large_int("number");
            let mut types = crate::api::bindings::Types::new(&cfg);
            types.add::<Fault>();
            // The other event of the shell, beside `changed`.
            types.add::<notification::Opening>();
            $( types.add::<$($request)::+>(); types.add::<$($reply)::+>(); )+
            let mut calls = String::from("export interface Calls {\n");
            $( calls.push_str(&format!(
                "  {:?}: {{ request: {}; reply: {} }};\n",
                $name, <$($request)::+ as TS>::name(&cfg), <$($reply)::+ as TS>::name(&cfg),
            )); )+
            calls.push_str("}\n");
            types.finish(&calls)
        }
    };
}
