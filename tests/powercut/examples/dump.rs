use xinmei_powercut::{log::*, run::*};
fn main() { let s = record(Which::Client, Mode::AsWritten, 7).unwrap(); let l = s.log(); println!("{:?}", l.names);
 for (i, op) in l.ops.iter().enumerate().take(520).skip(280) { match op { Op::Write{name,at,bytes} => println!("{i} write {name} {at} {}", bytes.len()), o => println!("{i} {o:?}") } } }
