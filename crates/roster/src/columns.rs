//! Which column is which: the header row, by its names and their usual synonyms.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::normalise::compact;

/// What a sheet lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetKind {
    /// Pupils with their guardians.
    Pupils,
    /// Staff with their classes.
    Staff,
}

/// A column a roster may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// 校区
    Campus,
    /// 年级
    Grade,
    /// 班级
    Class,
    /// 学号
    PupilNumber,
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// 监护人1
    Guardian1,
    /// 关系1
    Relation1,
    /// 电话1
    Phone1,
    /// 监护人2
    Guardian2,
    /// 关系2
    Relation2,
    /// 电话2
    Phone2,
    /// 备注
    Remark,
    /// 工号
    StaffNumber,
    /// 职务
    Post,
    /// 学科
    Subject,
    /// 任教班级
    TeachingClasses,
    /// 电话, of a member of staff
    Phone,
}

impl Column {
    /// The column's title as a roster has it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Campus => "校区",
            Self::Grade => "年级",
            Self::Class => "班级",
            Self::PupilNumber => "学号",
            Self::Name => "姓名",
            Self::Sex => "性别",
            Self::Guardian1 => "监护人1",
            Self::Relation1 => "关系1",
            Self::Phone1 => "电话1",
            Self::Guardian2 => "监护人2",
            Self::Relation2 => "关系2",
            Self::Phone2 => "电话2",
            Self::Remark => "备注",
            Self::StaffNumber => "工号",
            Self::Post => "职务",
            Self::Subject => "学科",
            Self::TeachingClasses => "任教班级",
            Self::Phone => "电话",
        }
    }
}

impl SheetKind {
    fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Pupils => &[
                C::Campus,
                C::Grade,
                C::Class,
                C::PupilNumber,
                C::Name,
                C::Sex,
                C::Guardian1,
                C::Relation1,
                C::Phone1,
                C::Guardian2,
                C::Relation2,
                C::Phone2,
                C::Remark,
            ],
            Self::Staff => {
                &[C::StaffNumber, C::Name, C::Campus, C::Post, C::Subject, C::TeachingClasses, C::Phone]
            }
        }
    }

    /// Columns without which no row can be read.
    fn required(self) -> &'static [Column] {
        match self {
            Self::Pupils => &[Column::Class, Column::PupilNumber, Column::Name],
            Self::Staff => &[Column::StaffNumber, Column::Name],
        }
    }

    /// Columns which a line must reach. Excel leaves out empty cells at the end of some CSV lines, so a line may
    /// end before the second guardian or the remark; one that ends earlier has lost something.
    fn reached(self) -> &'static [Column] {
        match self {
            Self::Pupils => &[
                Column::Campus,
                Column::Grade,
                Column::Class,
                Column::PupilNumber,
                Column::Name,
                Column::Guardian1,
                Column::Phone1,
            ],
            Self::Staff => &[Column::StaffNumber, Column::Name],
        }
    }

    /// The column whose text identifies a row.
    pub(crate) fn number(self) -> Column {
        match self {
            Self::Pupils => Column::PupilNumber,
            Self::Staff => Column::StaffNumber,
        }
    }
}

/// Other names in use. A name listed for two columns means the first of them that is still free, from the left:
/// 家长, 电话, 家长, 电话 are two guardians.
const SYNONYMS: &[(&[&str], &[Column])] = &[
    (&["校区名称", "所在校区", "所属校区"], &[Column::Campus]),
    (&["所在年级", "年级名称"], &[Column::Grade]),
    (&["所在班级", "班级名称", "行政班", "班"], &[Column::Class]),
    (&["学籍号", "全国学籍号", "学生学号", "学生编号", "学籍辅号"], &[Column::PupilNumber]),
    (&["学生姓名", "教师姓名", "教职工姓名", "名字"], &[Column::Name]),
    (
        &[
            "监护人1姓名",
            "监护人姓名1",
            "监护人一",
            "第一监护人",
            "家长1",
            "家长1姓名",
            "家长姓名1",
            "家长一",
        ],
        &[Column::Guardian1],
    ),
    (
        &[
            "监护人2姓名",
            "监护人姓名2",
            "监护人二",
            "第二监护人",
            "家长2",
            "家长2姓名",
            "家长姓名2",
            "家长二",
        ],
        &[Column::Guardian2],
    ),
    (&["监护人", "监护人姓名", "家长", "家长姓名"], &[Column::Guardian1, Column::Guardian2]),
    (&["与学生关系1", "监护人1关系", "家长1关系", "称谓1", "关系一"], &[Column::Relation1]),
    (&["与学生关系2", "监护人2关系", "家长2关系", "称谓2", "关系二"], &[Column::Relation2]),
    (&["关系", "与学生关系", "与学生的关系", "与本人关系", "称谓"], &[Column::Relation1, Column::Relation2]),
    (
        &[
            "手机1",
            "手机号1",
            "手机号码1",
            "联系电话1",
            "监护人1电话",
            "监护人1手机",
            "家长1电话",
            "家长1手机",
            "电话一",
        ],
        &[Column::Phone1],
    ),
    (
        &[
            "手机2",
            "手机号2",
            "手机号码2",
            "联系电话2",
            "监护人2电话",
            "监护人2手机",
            "家长2电话",
            "家长2手机",
            "电话二",
        ],
        &[Column::Phone2],
    ),
    (
        &[
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "联系方式",
            "电话号码",
            "家长电话",
            "家长手机",
            "监护人电话",
        ],
        &[Column::Phone1, Column::Phone2, Column::Phone],
    ),
    (&["备注说明", "说明", "附注"], &[Column::Remark]),
    (&["职工号", "教工号", "教职工号", "教师编号", "员工号"], &[Column::StaffNumber]),
    (&["岗位", "职位"], &[Column::Post]),
    (&["任教学科", "任课学科", "科目", "任教科目"], &[Column::Subject]),
    (&["任课班级", "授课班级", "所教班级", "任教班"], &[Column::TeachingClasses]),
];

/// A header row: which column stands where.
pub(crate) struct Header {
    pub(crate) kind: SheetKind,
    /// Cells up to the last one with a title.
    pub(crate) width: usize,
    /// How many cells a line must have.
    pub(crate) reach: usize,
    at: BTreeMap<Column, usize>,
}

/// How many rows may stand above the header: titles, dates, instructions.
const HEADER_WITHIN: usize = 20;

impl Header {
    /// The header among the first rows of a sheet, and where it stands.
    pub(crate) fn find<'r>(rows: impl Iterator<Item = &'r [String]>) -> Option<(usize, Self)> {
        let mut first = rows.take(HEADER_WITHIN).enumerate();
        first.find_map(|(at, cells)| Self::recognise(cells).map(|header| (at, header)))
    }

    /// Reads a row as a header: the name and at least two more known columns, else it is none.
    pub(crate) fn recognise(cells: &[String]) -> Option<Self> {
        let titles: Vec<String> = cells.iter().map(|cell| title_text(cell)).collect();
        let has =
            |column: Column| titles.iter().any(|t| t == column.title() || synonyms(t).contains(&column));
        let is_staff = !has(Column::PupilNumber)
            && (has(Column::StaffNumber) || has(Column::TeachingClasses) || has(Column::Post));
        let kind = if is_staff { SheetKind::Staff } else { SheetKind::Pupils };
        let at = placed(&titles, kind);
        if at.len() < 3 || !at.contains_key(&Column::Name) {
            return None;
        }
        let width = titles.iter().rposition(|t| !t.is_empty()).map_or(0, |i| i + 1);
        let reach = kind.reached().iter().filter_map(|c| at.get(c)).max().map_or(0, |i| i + 1);
        Some(Self { kind, width, reach, at })
    }

    pub(crate) fn missing(&self) -> Vec<Column> {
        let required = self.kind.required().iter();
        required.filter(|c| !self.has(**c)).copied().collect()
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    pub(crate) fn index(&self, column: Column) -> Option<usize> {
        self.at.get(&column).copied()
    }

    pub(crate) fn column_at(&self, index: usize) -> Option<Column> {
        self.at.iter().find(|(_, i)| **i == index).map(|(c, _)| *c)
    }

    /// Whether a row is the header once more, as printed lists repeat it on every page.
    pub(crate) fn repeats(&self, cells: &[String]) -> bool {
        let column = self.kind.number();
        let text = self.index(column).and_then(|i| cells.get(i));
        text.is_some_and(|text| {
            let title = title_text(text);
            title == column.title() || synonyms(&title).contains(&column)
        })
    }
}

/// Exact titles first, so that 学号 wins over 学籍号 wherever they stand; then synonyms from the left.
fn placed(titles: &[String], kind: SheetKind) -> BTreeMap<Column, usize> {
    let columns = kind.columns();
    let mut at = BTreeMap::new();
    for (index, title) in titles.iter().enumerate() {
        if let Some(column) = columns.iter().find(|c| c.title() == title) {
            at.entry(*column).or_insert(index);
        }
    }
    for (index, title) in titles.iter().enumerate() {
        if at.values().any(|taken| *taken == index) {
            continue;
        }
        let mut candidates = synonyms(title).iter().filter(|c| columns.contains(c));
        if let Some(column) = candidates.find(|c| !at.contains_key(c)) {
            at.insert(*column, index);
        }
    }
    at
}

fn synonyms(title: &str) -> &'static [Column] {
    SYNONYMS.iter().find(|(names, _)| names.contains(&title)).map_or(&[], |(_, columns)| columns)
}

/// A title without spaces, marks of duty (`*学号`, `学号（必填）`) and full-width digits.
fn title_text(cell: &str) -> String {
    let text = compact(cell);
    let text = text.trim_matches(['*', ':']);
    let end = text.find('(').filter(|at| *at > 0).unwrap_or(text.len());
    text.get(..end).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Column, Header, SheetKind};

    fn header(titles: &str) -> Option<Header> {
        let cells: Vec<String> = titles.split(',').map(str::to_owned).collect();
        Header::recognise(&cells)
    }

    #[test]
    fn synonyms_and_repeats_are_placed() {
        let h = header("学籍号,*姓 名,年级,班级,家长,关系,手机（必填）,家长,关系,手机,学号").unwrap();
        assert_eq!(h.kind, SheetKind::Pupils);
        assert_eq!(h.index(Column::PupilNumber), Some(10));
        assert_eq!(h.index(Column::Name), Some(1));
        assert_eq!(h.index(Column::Phone1), Some(6));
        assert_eq!(h.index(Column::Guardian2), Some(7));
        assert_eq!(h.index(Column::Phone2), Some(9));
        assert!(h.missing().is_empty());
    }

    #[test]
    fn staff_and_no_header() {
        let h = header("教职工号,教师姓名,联系电话,授课班级").unwrap();
        assert_eq!(h.kind, SheetKind::Staff);
        assert_eq!(h.index(Column::Phone), Some(2));
        assert!(header("江畔实验小学学生名册,,").is_none());
        assert!(header("东校区,一年级,1班,202601315,李晟睿,男").is_none());
        let h = header("姓名,性别,班级").unwrap();
        assert_eq!(h.missing(), [Column::PupilNumber]);
    }
}
