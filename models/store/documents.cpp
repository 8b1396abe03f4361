#include "models/store/documents.hpp"

#include "sim/assert.hpp"

namespace seatrial::models {

std::uint32_t Documents::first_partition_of(DocumentName name) const {
  const std::size_t index = name.data_class.value();
  const std::uint32_t group = index < groups_.size() ? groups_[index] : 0;
  return group * partitions_ + static_cast<std::uint32_t>(hash_of(name) % partitions_);
}

DocumentHandle Documents::open(DocumentName name, Instant gone) {
  std::uint32_t slot = static_cast<std::uint32_t>(slots_.size());
  if (free_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Document& document = slots_[slot];
  const std::uint32_t generation = document.generation + 1;
  document = Document{};
  document.name = name;
  document.hash = short_hash_of(name);
  document.partition = family_.home_of(document.hash, first_partition_of(name));
  document.generation = generation;
  document.users = 1;
  document.is_open = true;
  document.newest_gone = gone;
  return DocumentHandle{std::uint64_t{generation} << 32 | slot};
}

void Documents::split(std::uint32_t partition, std::uint32_t first) {
  family_.split(partition, first);
  for (Document& document : slots_) {
    document.partition = family_.home_of(document.hash, document.partition);
  }
}

void Documents::merge(std::uint32_t one, std::uint32_t other, std::uint32_t into) {
  family_.merge(one, other, into);
  for (Document& document : slots_) {
    document.partition = family_.home_of(document.hash, document.partition);
  }
}

std::optional<PartitionId> Documents::parent_of(DocumentName name, PartitionId partition) const {
  if (family_.never_changed()) return std::nullopt;
  return family_.parent_of(short_hash_of(name), first_partition_of(name), partition);
}

bool Documents::is_open(DocumentHandle handle) const {
  const std::uint32_t slot = slot_of(handle);
  return slot < slots_.size() && slots_[slot].is_open &&
         slots_[slot].generation == handle.value() >> 32;
}

void Documents::close(DocumentHandle handle) {
  SEATRIAL_ASSERT(is_open(handle), "a document is closed twice");
  slots_[slot_of(handle)].is_open = false;
  release(slot_of(handle));
}

}  // namespace seatrial::models
