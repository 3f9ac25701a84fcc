//! What stands in a workbook besides what people wrote.

use xinmei_model::{Relation, Why};

use crate::{
    api::{profile::PlaceName, table::Language},
    view::workbook::place_words,
};

/// The words of one language.
pub(super) struct Words {
    language: Language,
    pub(super) answers: &'static str,
    pub(super) notice: &'static str,
    pub(super) class: &'static str,
    pub(super) number: &'static str,
    pub(super) name: &'static str,
    pub(super) state: &'static str,
    pub(super) done: &'static str,
    pub(super) partly: &'static str,
    pub(super) waits_here: &'static str,
    pub(super) open: &'static str,
    pub(super) reached: &'static str,
    pub(super) unreached: &'static str,
    pub(super) signature: &'static str,
    pub(super) agrees: &'static str,
    pub(super) disagrees: &'static str,
    pub(super) who: &'static str,
    pub(super) relation: &'static str,
    pub(super) when: &'static str,
    pub(super) late: &'static str,
    pub(super) yes: &'static str,
    pub(super) entered: &'static str,
    pub(super) entered_note: &'static str,
    pub(super) why: &'static str,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    pub(super) author: &'static str,
    pub(super) sent: &'static str,
    pub(super) due: &'static str,
    pub(super) families: &'static str,
    pub(super) sha256: &'static str,
    pub(super) made: &'static str,
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    answers: "回应",
    notice: "通知",
    class: "班级",
    number: "学号",
    name: "姓名",
    state: "状态",
    done: "已回应",
    partly: "部分回应",
    waits_here: "等提交",
    open: "等回应",
    reached: "已送达",
    unreached: "收不到",
    signature: "签字",
    agrees: "同意",
    disagrees: "不同意",
    who: "回应人",
    relation: "关系",
    when: "时间",
    late: "迟交",
    yes: "是",
    entered: "代办",
    entered_note: "代办说明",
    why: "收不到的原因",
    title: "标题",
    body: "正文",
    author: "发布人",
    sent: "发出时间",
    due: "最晚",
    families: "收到的家庭",
    sha256: "所签文字的 SHA-256",
    made: "导出时间",
};

const ENGLISH: Words = Words {
    language: Language::English,
    answers: "Answers",
    notice: "Notice",
    class: "Class",
    number: "Number",
    name: "Name",
    state: "State",
    done: "Answered",
    partly: "Partly answered",
    waits_here: "To be sent",
    open: "Waiting",
    reached: "Received",
    unreached: "Cannot receive",
    signature: "Signature",
    agrees: "Agrees",
    disagrees: "Does not agree",
    who: "Answered by",
    relation: "Relation",
    when: "Time",
    late: "Late",
    yes: "yes",
    entered: "Entered by",
    entered_note: "Note",
    why: "Why not reached",
    title: "Title",
    body: "Text",
    author: "Author",
    sent: "Sent",
    due: "Due",
    families: "Families reached",
    sha256: "SHA-256 of the signed text",
    made: "Exported",
};

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// 本部三年级2班
    pub(super) fn place(&self, place: &PlaceName) -> String {
        place_words(self.language, place)
    }

    /// 妈妈
    pub(super) fn related(&self, relation: Relation) -> &'static str {
        use Relation::{
            Father, MaternalGrandfather, MaternalGrandmother, Mother, Other, PaternalGrandfather,
            PaternalGrandmother,
        };
        match (self.language, relation) {
            (Language::Chinese, Father) => "爸爸",
            (Language::Chinese, Mother) => "妈妈",
            (Language::Chinese, PaternalGrandfather) => "爷爷",
            (Language::Chinese, PaternalGrandmother) => "奶奶",
            (Language::Chinese, MaternalGrandfather) => "外公",
            (Language::Chinese, MaternalGrandmother) => "外婆",
            (Language::Chinese, Other) => "监护人",
            (Language::English, Father) => "father",
            (Language::English, Mother) => "mother",
            (Language::English, PaternalGrandfather | MaternalGrandfather) => "grandfather",
            (Language::English, PaternalGrandmother | MaternalGrandmother) => "grandmother",
            (Language::English, Other) => "guardian",
        }
    }

    pub(super) fn why(&self, why: Why) -> &'static str {
        match (self.language, why) {
            (Language::Chinese, Why::NotJoined) => "还没加入",
            (Language::Chinese, Why::OnPaper) => "没有设备",
            (Language::Chinese, Why::CannotReceive) => "不能接收，请问校办",
            (Language::English, Why::NotJoined) => "Not joined",
            (Language::English, Why::OnPaper) => "No device",
            (Language::English, Why::CannotReceive) => "Cannot receive: ask the office",
        }
    }
}
