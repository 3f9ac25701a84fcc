//! Files of this profile, handed to whatever opens them on this computer.

use xinmei_model::FileHash;

use crate::{Client, api::Fault, client::blocking, fault::denied, outside::Opened};

impl Client {
    /// Where files of this profile lie while they are open.
    pub(crate) fn opened(&self) -> Opened {
        let profile = &self.core.profile;
        Opened(match &self.core.options.outside.runtime {
            Some(runtime) => {
                let whose = FileHash::of(profile.keyring_name().as_bytes()).to_string();
                runtime.join(format!("xinmei-{}", whose.get(..16).unwrap_or_default()))
            }
            None => profile.path().join("opened"),
        })
    }

    /// Hands a file to whatever opens it on this computer.
    pub(crate) async fn open_outside(&self, name: String, content: Vec<u8>) -> Result<(), Fault> {
        let (opened, unique) = (self.opened(), self.new_id::<()>().to_string());
        let opener = self.core.options.outside.opener;
        blocking(move || {
            let path = opened.lay(&unique, &name, &content)?;
            opener(&path).map_err(|error| denied("file-no-opener", &error.to_string()))
        })
        .await
    }
}
