//! Objects that are made on their own, on any thread, and join the document later in an order
//! that does not depend on the threads.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// Objects that refer to one another by numbers of their own.
#[derive(Debug, Default)]
pub(super) struct Fragment {
    objects: Vec<Object>,
}

impl Fragment {
    /// Adds an object.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.objects.push(object.into());
        (self.objects.len() as u32, 0)
    }

    /// A number for an object that is [set](Self::set) later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.add(Object::Null)
    }

    /// Gives a reserved number its object.
    pub(super) fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        if let Some(place) = self.objects.get_mut(id.0 as usize - 1) {
            *place = object.into();
        }
    }

    /// Moves the objects into a document and says what became of `root`.
    pub(super) fn join(self, document: &mut Document, root: ObjectId) -> ObjectId {
        let offset = document.max_id;
        for mut object in self.objects {
            shift(&mut object, offset);
            document.add_object(object);
        }
        (root.0 + offset, 0)
    }
}

fn shift(object: &mut Object, offset: u32) {
    match object {
        Object::Reference(id) => id.0 += offset,
        Object::Array(items) => items.iter_mut().for_each(|item| shift(item, offset)),
        Object::Dictionary(dictionary) => shift_dictionary(dictionary, offset),
        Object::Stream(stream) => shift_dictionary(&mut stream.dict, offset),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}

fn shift_dictionary(dictionary: &mut Dictionary, offset: u32) {
    dictionary.iter_mut().for_each(|(_, value)| shift(value, offset));
}

/// A stream of deflated data.
pub(super) fn deflated_stream(mut dictionary: Dictionary, data: &[u8]) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, deflate(data))
}

/// Data in the zlib format. Level 9 would be far slower and hardly smaller.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 3), Compression::new(6));
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    // A vector takes whatever it is given, so there is no error to report.
    written.unwrap_or_default()
}
