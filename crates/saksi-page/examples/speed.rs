use saksi_lang::Pack;
fn main(){ let packs=[Pack::builtin("id").unwrap(),Pack::builtin("en").unwrap()]; let rules=saksi_page::Rules::compile(&Pack::builtin("world").unwrap(),&packs).unwrap(); let mut pages=vec![]; for a in std::env::args().skip(1){ pages.push((a.clone(),std::fs::read(a).unwrap())); }
 let mut out=serde_json::Map::new();
 let t=std::time::Instant::now();  for (n,p) in &pages { let r=saksi_page::read(p,&Default::default(),&rules).unwrap();
  if pages.len()==1 { eprintln!("{:?}", r.meta); }
  let mut body=String::new(); let mut marks=r.marks.iter().peekable();
  for (i,c) in r.text.chars().enumerate() { while marks.peek().is_some_and(|m| m.span.end as usize<=i) { marks.next(); }
    if marks.peek().is_some_and(|m| (m.span.start as usize)<=i) { if pages.len()==1 { if marks.peek().unwrap().span.start as usize==i {eprint!("«{}:",marks.peek().unwrap().kind)}; eprint!("{c}"); if marks.peek().unwrap().span.end as usize==i+1 {eprintln!("»")} } continue }
    body.push(c); if pages.len()==1 { eprint!("{c}"); } }
  out.insert(std::path::Path::new(n).file_stem().unwrap().to_str().unwrap().into(), body.into()); } eprintln!("{} pages/s", pages.len() as f64/t.elapsed().as_secs_f64()); println!("{}", serde_json::Value::Object(out)); }
