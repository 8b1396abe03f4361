// The documents that are alive, in slots that are used again.
//
// Law: a slot is free when its document is closed and nobody uses it any more: a request that was
// abandoned may still be on its way when the document's owner has left. A handle of a closed
// document finds nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "models/store/partition_family.hpp"
#include "models/store/store.hpp"

namespace seatrial::models {

struct Document {
  DocumentName name;
  std::uint32_t partition = 0;
  std::uint32_t generation = 0;
  std::uint32_t hash = 0;   // of its name, short
  Instant hot_until;        // of a tiered store: it is in memory
  std::uint32_t users = 0;  // the owner, requests, and writes that are not committed
  bool is_open = false;
  std::uint64_t newest_lsn = 0;  // appended, not necessarily committed; 0: as at the start
  std::uint64_t newest_ordinal = 0;
  // From when on there is no document any more: its time to live is over, or (past) it was deleted.
  Instant newest_gone = Instant::never();
  std::uint32_t epoch_before_merge = 0;  // of the version that it had when its partition was merged
};

class Documents {
 public:
  // `groups`: by data class; each group has `partitions` of its own. None: all are in one.
  explicit Documents(std::uint32_t partitions, std::vector<std::uint32_t> groups = {})
      : partitions_{partitions}, groups_{std::move(groups)} {}

  // `gone`: from when on there is none, if nobody writes it.
  DocumentHandle open(DocumentName name, Instant gone = Instant::never());
  void close(DocumentHandle handle);

  // A partition gives its documents to the two partitions from `first` on.
  void split(std::uint32_t partition, std::uint32_t first);
  // Two partitions give theirs to one.
  void merge(std::uint32_t one, std::uint32_t other, std::uint32_t into);
  const PartitionFamily& family() const { return family_; }
  // What a document of that name was in before it came to `partition`.
  std::optional<PartitionId> parent_of(DocumentName name, PartitionId partition) const;

  bool is_open(DocumentHandle handle) const;
  static std::uint32_t slot_of(DocumentHandle handle) {
    return static_cast<std::uint32_t>(handle.value());
  }
  Document& at(std::uint32_t slot) { return slots_[slot]; }
  const Document& at(std::uint32_t slot) const { return slots_[slot]; }

  void use(std::uint32_t slot) { ++slots_[slot].users; }
  void release(std::uint32_t slot) {
    if (--slots_[slot].users == 0) free_.push_back(slot);
  }
  // Slots of a partition's documents that somebody uses.
  template <class Action>
  void for_each_of(std::uint32_t partition, Action action) const {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
      if (slots_[slot].users != 0 && slots_[slot].partition == partition) action(slot);
    }
  }
  std::size_t alive() const { return slots_.size() - free_.size(); }

 private:
  std::uint32_t first_partition_of(DocumentName name) const;

  std::uint32_t partitions_;
  std::vector<std::uint32_t> groups_;
  PartitionFamily family_;
  std::vector<Document> slots_;
  std::vector<std::uint32_t> free_;
};

// Keeps a slot while a coroutine works with its document.
class DocumentUse {
 public:
  DocumentUse(Documents& documents, std::uint32_t slot) : documents_{documents}, slot_{slot} {
    documents_.use(slot_);
  }
  DocumentUse(const DocumentUse&) = delete;
  DocumentUse& operator=(const DocumentUse&) = delete;
  ~DocumentUse() { documents_.release(slot_); }

 private:
  Documents& documents_;
  std::uint32_t slot_;
};

}  // namespace seatrial::models
