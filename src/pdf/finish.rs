//! The finished objects into the bytes of the file (ISO 32000-1, 7.5).
//!
//! 1. Objects that the catalogue leads to are numbered in the order in which it leads to them;
//!    what nothing leads to is left out.
//! 2. Everything but streams is packed into object streams (7.5.7).
//! 3. A cross-reference stream says where each object is (7.5.8).

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::fragment::{deflate, deflated_stream};
use super::syntax::{count, write_integer, write_object};

/// The version, and a comment that tells transfer programs that the file is binary (7.5.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// The objects of an object stream: a reader takes apart the whole stream for one of them.
const OBJECTS_PER_STREAM: usize = 200;

/// Writes the file.
pub(super) fn write(mut document: Document, root: ObjectId, information: ObjectId) -> Vec<u8> {
    let order = reach(&document, [root, information]);
    let mut numbers = vec![None; document.max_id as usize + 1];
    for (number, id) in (1..).zip(&order) {
        numbers[id.0 as usize] = Some(number);
    }
    let number = |id: ObjectId| numbers.get(id.0 as usize).copied().flatten();
    let objects: Vec<(u32, Object)> = (1..)
        .zip(&order)
        .filter_map(|(number, id)| Some((number, document.objects.remove(id)?)))
        .collect();
    let (streams, others): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|(_, object)| matches!(object, Object::Stream(_)));

    let mut file = File { bytes: HEADER.to_vec(), entries: vec![Entry::Free; order.len() + 1] };
    for (id, stream) in streams {
        file.push_stream(id, &stream, &number);
    }
    let packed: Vec<Object> =
        others.par_chunks(OBJECTS_PER_STREAM).map(|objects| pack(objects, &number)).collect();
    for (objects, packed) in others.chunks(OBJECTS_PER_STREAM).zip(packed) {
        let stream = file.push_new_stream(&packed);
        for (index, (id, _)) in (0..).zip(objects) {
            file.entries[*id as usize] = Entry::Packed { stream, index };
        }
    }
    file.finish(number(root), number(information))
}

/// The objects that others lead to, in the order of the way from the catalogue.
fn reach(document: &Document, starts: [ObjectId; 2]) -> Vec<ObjectId> {
    let mut is_known = vec![false; document.max_id as usize + 1];
    let mut order = Vec::with_capacity(document.objects.len());
    let mut waiting: Vec<ObjectId> = starts.into_iter().rev().collect();
    while let Some(id) = waiting.pop() {
        let Some(object) = document.objects.get(&id) else { continue };
        if std::mem::replace(&mut is_known[id.0 as usize], true) {
            continue;
        }
        order.push(id);
        let first = waiting.len();
        add_references(object, &mut waiting);
        waiting[first..].reverse();
    }
    order
}

fn add_references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| add_references(item, found)),
        Object::Dictionary(dictionary) => {
            dictionary.iter().for_each(|(_, value)| add_references(value, found));
        }
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, value)| add_references(value, found));
        }
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}

/// An object stream: pairs of number and offset, then the objects.
fn pack(objects: &[(u32, Object)], number: &impl Fn(ObjectId) -> Option<u32>) -> Object {
    let mut index = Vec::new();
    let mut body = Vec::new();
    for (id, object) in objects {
        for value in [i64::from(*id), count(body.len())] {
            write_integer(&mut index, value);
            index.push(b' ');
        }
        write_object(&mut body, object, number);
        body.push(b'\n');
    }
    let dictionary = dictionary! {
        "Type" => "ObjStm",
        "N" => count(objects.len()),
        "First" => count(index.len()),
    };
    index.append(&mut body);
    Object::Stream(deflated_stream(dictionary, &index))
}

/// Where an object is (table 18).
#[derive(Clone, Copy)]
enum Entry {
    Free,
    At(usize),
    Packed { stream: usize, index: u16 },
}

struct File {
    bytes: Vec<u8>,
    /// By the objects' numbers.
    entries: Vec<Entry>,
}

impl File {
    fn push_stream(&mut self, id: u32, object: &Object, number: &impl Fn(ObjectId) -> Option<u32>) {
        let Object::Stream(stream) = object else { return };
        self.entries[id as usize] = Entry::At(self.bytes.len());
        write_integer(&mut self.bytes, i64::from(id));
        self.bytes.extend_from_slice(b" 0 obj\n");
        write_object(&mut self.bytes, object, number);
        self.bytes.extend_from_slice(b"\nstream\n");
        self.bytes.extend_from_slice(&stream.content);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// Writes a stream that nothing but the cross-reference stream knows; returns its number.
    fn push_new_stream(&mut self, object: &Object) -> usize {
        let id = self.entries.len();
        self.entries.push(Entry::Free);
        self.push_stream(id as u32, object, &|_| None);
        id
    }

    fn finish(mut self, root: Option<u32>, information: Option<u32>) -> Vec<u8> {
        let start = self.bytes.len();
        let reference = |number: Option<u32>| {
            number.map_or(Object::Null, |number| Object::Reference((number, 0)))
        };
        let mut dictionary = dictionary! {
            "Type" => "XRef",
            "Root" => reference(root),
            "Info" => reference(information),
            "ID" => identifier(&self.bytes),
        };
        let id = self.entries.len() as u32;
        self.entries.push(Entry::At(start));
        self.describe_entries(&mut dictionary);
        let data = deflate(&self.rows());
        let stream = Object::Stream(lopdf::Stream::new(dictionary, data));
        self.push_stream(id, &stream, &|(number, _)| Some(number));
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        self.bytes
    }

    fn describe_entries(&self, dictionary: &mut Dictionary) {
        dictionary.set("Size", count(self.entries.len()));
        dictionary.set("W", FIELDS.map(|width| Object::Integer(count(width))).to_vec());
        dictionary.set("Filter", "FlateDecode");
        dictionary.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => count(ROW) });
    }

    /// The entries as rows of type, place and index, each as its difference from the one above:
    /// of all filters the one that every reader of such streams is sure to know.
    fn rows(&self) -> Vec<u8> {
        const UP: u8 = 2;
        let rows = self.entries.iter().enumerate().map(|(number, entry)| match *entry {
            // The first object is the head of the list of free ones, which has no other.
            Entry::Free if number == 0 => row(0, 0, u16::MAX),
            Entry::Free => row(0, 0, 0),
            Entry::At(offset) => row(1, offset, 0),
            Entry::Packed { stream, index } => row(2, stream, index),
        });
        let mut above = [0; ROW];
        let differences = rows.flat_map(|row| {
            let mut filtered = [UP; ROW + 1];
            for ((to, byte), above) in filtered[1..].iter_mut().zip(row).zip(above) {
                *to = byte.wrapping_sub(above);
            }
            above = row;
            filtered
        });
        differences.collect()
    }
}

/// The widths of an entry's fields in bytes; five hold any file that memory holds.
const FIELDS: [usize; 3] = [1, 5, 2];

/// The bytes of an entry.
const ROW: usize = 8;

fn row(kind: u8, place: usize, index: u16) -> [u8; ROW] {
    let mut row = [0; ROW];
    row[0] = kind;
    row[1..6].copy_from_slice(&(place as u64).to_be_bytes()[3..]);
    row[6..].copy_from_slice(&index.to_be_bytes());
    row
}

/// The file's identifier (14.4), made from its content: a new file is its own first version.
fn identifier(content: &[u8]) -> Object {
    let digest = Sha256::digest(content);
    let half = digest.iter().take(16).copied().collect();
    vec![Object::String(half, StringFormat::Hexadecimal); 2].into()
}
