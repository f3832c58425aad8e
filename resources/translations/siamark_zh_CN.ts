<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Siamark</name>
    <message>
        <location filename="app/application.py" line="277"/>
        <location filename="app/views/timeline/timeline_view.py" line="66"/>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/application.py" line="278"/>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/application.py" line="279"/>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Score map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/application.py" line="280"/>
        <location filename="app/views/contact_sheet/sheet_view.py" line="148"/>
        <source>Contact sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Language, from the next start on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <location filename="app/views/window/menus.py" line="68"/>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Keys that a person has chosen, as ACTION=KEY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Recent files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <location filename="app/views/tracking/tracker_bar.py" line="66"/>
        <source>Tracker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <location filename="app/views/dialogs/about.py" line="36"/>
        <location filename="app/views/tracking/tracker_bar.py" line="67"/>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <location filename="app/views/transport/contrast_dialog.py" line="48"/>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>CUDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Apple GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <location filename="app/views/tracking/tracker_bar.py" line="68"/>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>float32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>bf16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Mark a box as doubtful where it is right with less than this probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Track again at once after a correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Least overlap when a span is simplified to keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>A box is right from this overlap with its target on (IoU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Boxes to be judged for a certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Memory for frames, in MB, from the next video on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Format of the last export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Folder of the last export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Folder of the last import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Show the score map on the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/settings/schema.py" line="1"/>
        <source>Opacity of the overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py" line="24"/>
        <source>Box of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/canvas_view.py" line="90"/>
        <source>Video picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/guides.py" line="20"/>
        <source>distractor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/guides.py" line="71"/>
        <source>searching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py" line="41"/>
        <location filename="app/views/exporting/label_table.py" line="29"/>
        <location filename="app/views/labels/labels_dialog.py" line="30"/>
        <location filename="app/views/track_list/cells.py" line="74"/>
        <location filename="app/views/track_list/track_table_model.py" line="44"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py" line="42"/>
        <source>Label of the new box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py" line="43"/>
        <source>Type the label of the new box and press Enter; Tab comes here from the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py" line="25"/>
        <source>Brightness and contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py" line="28"/>
        <source>Only what you see changes; trackers get the frames as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/looking.py" line="84"/>
        <source>Select a track that shows a box here: click on its box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/messages.py" line="11"/>
        <source>Open a video (Ctrl+O), or drop one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/canvas/messages.py" line="12"/>
        <source>Drag a box around what you want to follow, then press T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py" line="31"/>
        <source>Every </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="82"/>
        <source>around this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="89"/>
        <source>from frame {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="97"/>
        <source>There is no box {where} that nobody has drawn or reviewed, or no keyframe to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="106"/>
        <source>tightening {boxes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="117"/>
        <location filename="app/controllers/tightening.py" line="119"/>
        <location filename="app/views/contact_sheet/panel.py" line="39"/>
        <source>Tighten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="135"/>
        <source>The network sees no better fit near by; the box stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="137"/>
        <source>Tightened: the new box overlaps the old one by {iou:.0%}. Ctrl+Z takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="143"/>
        <source> {boxes_stay}: the network was not sure there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/tightening.py" line="143"/>
        <source>{n} boxes stay</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py" line="147"/>
        <source>Tightened {boxes}.{stayed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py" line="41"/>
        <source>Let the network fit the boxes of the span that nobody has drawn or reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py" line="87"/>
        <source>Shift+click chooses a span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py" line="89"/>
        <source>{first} to {last} are right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/presenter.py" line="22"/>
        <source>Select a track to see it in pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py" line="192"/>
        <source>Frame {frame}: wrong with a probability of {doubt:.0%}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py" line="194"/>
        <source>Frame {frame}: drawn by a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py" line="196"/>
        <source>Frame {frame}: reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py" line="196"/>
        <source>Frame {frame}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="24"/>
        <source>Turns one drawn box into a corrected track.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="25"/>
        <source>Apache License 2.0. Qt and PySide6 are used under the LGPL, version 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="33"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>About Siamark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="39"/>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="70"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="71"/>
        <source>Copy the versions, to paste into a report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py" line="94"/>
        <source>not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/palette.py" line="55"/>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/palette.py" line="58"/>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py" line="51"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py" line="53"/>
        <source>Search, by name or by key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py" line="72"/>
        <source>Change key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="67"/>
        <source>Export tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="76"/>
        <location filename="app/views/workspace/export_dialog.py" line="80"/>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="81"/>
        <source>Review first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="94"/>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <location filename="app/views/workspace/export_dialog.py" line="134"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="126"/>
        <source>{text}: review first?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="132"/>
        <source>Exporting: {what}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="136"/>
        <source>; read back and compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="137"/>
        <source>Wrote {amount}{checked}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="139"/>
        <source>• Classes: {numbered_classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="147"/>
        <source>Cancelled; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="154"/>
        <location filename="app/views/importing/import_dialog.py" line="153"/>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="218"/>
        <source>Say where to write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="220"/>
        <source>There is no folder {parent}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="222"/>
        <source>What is there already will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="229"/>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="232"/>
        <location filename="app/views/models/models_dialog.py" line="36"/>
        <location filename="app/views/window/files.py" line="23"/>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="239"/>
        <location filename="app/views/importing/import_dialog.py" line="262"/>
        <location filename="app/views/models/models_dialog.py" line="75"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py" line="246"/>
        <source>Exporting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/label_table.py" line="29"/>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/label_table.py" line="29"/>
        <source>Written as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="28"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="43"/>
        <source>Every frame: drawn, tracked and interpolated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="44"/>
        <source>Keyframes only: drawn or corrected by a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="45"/>
        <source>Reviewed only: drawn, or marked as right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="48"/>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="54"/>
        <location filename="app/views/exporting/options_form.py" line="93"/>
        <source>Pictu&amp;res</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="58"/>
        <source>One class, as TrackEval scores it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="59"/>
        <source>The classes of MOT17</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="60"/>
        <source>Pixels count from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="61"/>
        <source>Regions as polygons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="93"/>
        <source>W&amp;ritten as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="94"/>
        <source>as usual: JPEG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="109"/>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="109"/>
        <source>in steps of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="119"/>
        <source>Boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="120"/>
        <source>&amp;Least score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="121"/>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="123"/>
        <source>La&amp;bels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="135"/>
        <source>Tracked boxes below it that nobody has reviewed are left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="136"/>
        <source>Write a label under another name, or under none to leave its tracks out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="137"/>
        <source>What is around a box as well, as a share of its size at each side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py" line="138"/>
        <source>The frames, written where the format looks for them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="39"/>
        <source>pictures as the whole file tells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="40"/>
        <source>pictures by their names in the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="41"/>
        <source>pictures by the number in their names, from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="42"/>
        <source>pictures by the number in their names, from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="43"/>
        <source>pictures by their frame numbers, from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="44"/>
        <source>pictures by their frame numbers, from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="45"/>
        <source>pictures in the order of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="72"/>
        <source>Import tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="77"/>
        <source>A file, or the folder of a data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="78"/>
        <source>File…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="78"/>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="80"/>
        <source>told from the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="89"/>
        <source>Pixels count from 0, where the format says 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="100"/>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/history.py" line="38"/>
        <source>Undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/history.py" line="44"/>
        <source>Redone</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/history.py" line="78"/>
        <location filename="app/controllers/showing.py" line="37"/>
        <location filename="app/document/commands.py" line="137"/>
        <location filename="app/document/commands.py" line="164"/>
        <location filename="app/views/importing/import_dialog.py" line="123"/>
        <location filename="app/views/importing/presenter.py" line="52"/>
        <location filename="app/views/labels/labels_dialog.py" line="151"/>
        <location filename="app/views/learning/learn_dialog.py" line="111"/>
        <location filename="app/views/tracking/presenter.py" line="151"/>
        <location filename="app/views/window/files.py" line="166"/>
        <location filename="app/views/workspace/export_dialog.py" line="159"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="58"/>
        <location filename="app/views/workspace/video_list.py" line="176"/>
        <source>{n} tracks</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/history.py" line="82"/>
        <source>frame {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/history.py" line="84"/>
        <source>frames {span} to {span2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="46"/>
        <location filename="app/controllers/review.py" line="229"/>
        <location filename="app/controllers/review.py" line="338"/>
        <source>Nothing is doubtful.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/review_outlook.py" line="48"/>
        <location filename="app/controllers/certificate.py" line="241"/>
        <location filename="app/controllers/spans.py" line="200"/>
        <location filename="app/controllers/spans.py" line="295"/>
        <location filename="app/controllers/spans.py" line="325"/>
        <location filename="app/controllers/spans.py" line="340"/>
        <location filename="app/controllers/spans.py" line="362"/>
        <location filename="app/controllers/tightening.py" line="106"/>
        <location filename="app/controllers/tightening.py" line="147"/>
        <location filename="app/document/commands.py" line="363"/>
        <location filename="app/document/commands.py" line="386"/>
        <location filename="app/model/certificate_words.py" line="37"/>
        <location filename="app/model/certificate_words.py" line="54"/>
        <location filename="app/model/certificate_words.py" line="77"/>
        <location filename="app/views/importing/import_dialog.py" line="123"/>
        <location filename="app/views/review/certificate_presenter.py" line="95"/>
        <location filename="app/views/review/certificate_presenter.py" line="151"/>
        <location filename="app/views/review/certificate_presenter.py" line="156"/>
        <location filename="app/views/review/presenter.py" line="114"/>
        <location filename="app/views/review/presenter.py" line="115"/>
        <location filename="app/views/window/action_set.py" line="114"/>
        <location filename="app/views/workspace/export_dialog.py" line="159"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="58"/>
        <source>{n} boxes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="48"/>
        <source>about {boxes} and {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="75"/>
        <source>{seconds} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="75"/>
        <source>1 second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="78"/>
        <source>{minutes} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py" line="80"/>
        <source>{minutes} hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="127"/>
        <source>Labels: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="129"/>
        <source>New to the project: {labels}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="142"/>
        <source>Importing: {what}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="146"/>
        <source>Cancelled; nothing was added.
{previewed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="164"/>
        <source>Choose how pictures are matched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="188"/>
        <source>&amp;Linking from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="201"/>
        <source>Boxes that name no track: those of a label that overlap so much (IoU) from frame to frame are joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="219"/>
        <source>Import from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="252"/>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="275"/>
        <source> in frames {frames} to {frames2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="282"/>
        <source>{new} on {old}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/importing/import_dialog.py" line="284"/>
        <source>{n} tracks lie</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py" line="285"/>
        <source>{tracks} where the project has one of that label already: {named}{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/importing/presenter.py" line="52"/>
        <source>{tracks} imported; Undo takes them out again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="30"/>
        <source>Id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="30"/>
        <location filename="app/views/track_list/track_table.py" line="38"/>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="32"/>
        <source>The number is the category id in exports, and the digit key that gives the label to the selected tracks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="63"/>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="67"/>
        <source>Labels of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="78"/>
        <source>New label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="79"/>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="80"/>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="80"/>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="81"/>
        <source>Colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="84"/>
        <source>Merge selected into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="85"/>
        <source>Delete unused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="151"/>
        <source>unused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py" line="157"/>
        <source>{colour}; double-click for another colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="42"/>
        <source>Learn from this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="51"/>
        <source>{name}, {minutes:.0f} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="58"/>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="99"/>
        <source>About {minutes} min with the comparison, longer while you track.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="112"/>
        <source> and {more} that were made between those</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="114"/>
        <source>A copy of {name} learns to follow what this project is about, from {boxes} boxes of {tracks} that you drew or corrected{between}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="123"/>
        <source>{held_back} more of your boxes are held back. On those both trackers are compared at the end, and the copy is offered to you only if it follows better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py" line="128"/>
        <source>You can go on working meanwhile; while you track, the learning waits. All is computed on this computer: nothing of the video leaves it. Your boxes, your models and the tracker itself stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py" line="34"/>
        <source>learning begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py" line="46"/>
        <source>{what}: {duration_text} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py" line="60"/>
        <source>learning waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py" line="36"/>
        <source>Use it for this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py" line="36"/>
        <source>Add it to your models and follow with it whenever this project is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py" line="38"/>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py" line="38"/>
        <source>Throw it away; everything stays as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py" line="39"/>
        <location filename="app/views/models/models_dialog.py" line="164"/>
        <location filename="app/views/workspace/export_dialog.py" line="174"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/learning/presenter.py" line="74"/>
        <source>{name} is one of your models now and follows in this project from the next run on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="13"/>
        <source>learnt from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="14"/>
        <source>in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="15"/>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="16"/>
        <source>boxes that taught it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="17"/>
        <source>overlap before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="18"/>
        <source>overlap after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="19"/>
        <source>sha256 of what it began from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="20"/>
        <source>converted from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="21"/>
        <source>its file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="22"/>
        <source>sha256 of its file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="23"/>
        <source>its layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="24"/>
        <location filename="app/views/models/model_details.py" line="65"/>
        <source>licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="25"/>
        <location filename="app/views/models/model_details.py" line="66"/>
        <source>page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="32"/>
        <location filename="app/views/models/model_details.py" line="63"/>
        <source>family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="32"/>
        <source>, which does not track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="33"/>
        <source>size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="34"/>
        <source>constants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="35"/>
        <source>layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="37"/>
        <source>file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="40"/>
        <source>There is no model card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="45"/>
        <source>**This model cannot be used.**

{plain}.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="49"/>
        <source>**{plain}** is a plug-in of the package {package}.

What its scores mean was not measured here. To be rid of it, uninstall the package.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="58"/>
        <source>{plain} cannot be read any more.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="64"/>
        <source>parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="64"/>
        <source>{parameters:.1f} million</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="70"/>
        <source>It is downloaded from {plain}. The first {digits} digits of its sha256, all that its publisher gives, are checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="77"/>
        <source>It cannot be fetched by itself: open its page, download the file there, and add it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py" line="86"/>
        <source>{size:.1f} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="16"/>
        <source>Siamark&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="17"/>
        <source>Added by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="18"/>
        <source>Damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="19"/>
        <source>Published by others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="34"/>
        <location filename="app/views/track_list/attributes_dialog.py" line="46"/>
        <location filename="app/views/workspace/video_list.py" line="53"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="34"/>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="34"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="35"/>
        <location filename="app/views/models/models_dialog.py" line="61"/>
        <location filename="app/views/models/models_dialog.py" line="250"/>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py" line="92"/>
        <source>The default: it follows in the next run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="36"/>
        <source>Weights (*.pth *.pt *.model *.safetensors *.bin *.onnx)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="68"/>
        <source>&amp;Add file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="71"/>
        <source>Set as &amp;default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="73"/>
        <source>Down&amp;load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="121"/>
        <source>{name} was added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="143"/>
        <source>Add a published checkpoint or a weights file; it may be dropped here as well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="144"/>
        <source>name (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="146"/>
        <source>What the added model is to be called; by default what its file or layout is called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="148"/>
        <source>Name of the added model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="151"/>
        <source>Follow with this tracker from the next run on, in every project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="152"/>
        <source>Download this model from its publisher and add it to yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="223"/>
        <source>What comes with Siamark stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="223"/>
        <source>Delete this model from your models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="229"/>
        <source>Add a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="247"/>
        <source>Remove {entry}? Its file is deleted; runs that it made stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="249"/>
        <source> It is the default: Siamark&apos;s own takes its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py" line="252"/>
        <location filename="app/views/track_list/attributes_dialog.py" line="55"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/models/presenter.py" line="60"/>
        <source>{name} was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py" line="16"/>
        <source>Ctrl+Enter keeps it; an empty note is deleted. Notes stay in the project: exports say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py" line="38"/>
        <location filename="app/views/notes/note_dialog.py" line="45"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py" line="42"/>
        <source>What the note is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py" line="47"/>
        <source>What is to be said about it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py" line="88"/>
        <source>A note has at most {longest_note:,} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="77"/>
        <source>Boxes are being drawn…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="77"/>
        <location filename="app/views/review/certificate_presenter.py" line="81"/>
        <location filename="app/views/review/certificate_presenter.py" line="97"/>
        <source>Certify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="80"/>
        <source>No certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="82"/>
        <source>Judge boxes drawn at random: they say how many of all are right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="85"/>
        <location filename="app/views/review/certificate_presenter.py" line="116"/>
        <source>Certificate: {judged_count} of {drawn} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="90"/>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="93"/>
        <source>Certificate out of date: {boxes} changed since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="98"/>
        <source>It said that {statement}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="103"/>
        <source>Certified: {percent} right ({interval_words})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="108"/>
        <location filename="app/views/track_list/track_menu.py" line="77"/>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="121"/>
        <source>Does the box {replace}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="149"/>
        <source>Out of date: {boxes} changed since. Draw anew to certify those of now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="154"/>
        <source>{boxes} said to be wrong: N goes there. Every export&apos;s report tells this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="159"/>
        <source>Every export&apos;s report tells this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="162"/>
        <source>{percent} of the boxes are right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="171"/>
        <source>#{track_id} frame {frame}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py" line="172"/>
        <source>, since changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="17"/>
        <location filename="app/views/review/panel.py" line="31"/>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="18"/>
        <source>Wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="19"/>
        <source>All right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="20"/>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="22"/>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py" line="22"/>
        <source>Draw anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py" line="54"/>
        <source>frame {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py" line="54"/>
        <source>frames {first}–{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py" line="61"/>
        <source>{title}, {place}: {text}. Wrong with a probability of {strength:.0%}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py" line="192"/>
        <location filename="app/views/track_list/track_table_model.py" line="45"/>
        <source>Doubts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/judged_boxes.py" line="50"/>
        <source>Boxes to be judged; at hand: {at_hand}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="28"/>
        <source>Most doubtful first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="28"/>
        <source>As the video goes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="32"/>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="33"/>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="34"/>
        <location filename="app/views/review/who_is_who.py" line="70"/>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="36"/>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="36"/>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py" line="59"/>
        <source>Order of the doubts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="27"/>
        <location filename="app/views/track_list/track_list_view.py" line="18"/>
        <source>Open a video to begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="28"/>
        <source>Draw a box and track it. What is doubtful then is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="69"/>
        <source>Nothing to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="72"/>
        <source>Nothing is doubtful so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="73"/>
        <source>What may be wrong is listed here as it is found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="75"/>
        <source>Nothing is doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="76"/>
        <source>Nobody has looked at the boxes that the tracker was sure of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="79"/>
        <location filename="app/views/workspace/presenter.py" line="148"/>
        <source>{doubts} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py" line="117"/>
        <source>{seen} seen by a person, {trusted} taken on the tracker&apos;s word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/progress_ring.py" line="28"/>
        <source>{share:.0%} done, {left} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py" line="33"/>
        <source>Is #{other} the same object as #{one}? The verifier guesses {likely}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py" line="39"/>
        <source>Have #{one} and #{other} swapped? The verifier guesses {likely}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="42"/>
        <source>Split track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="45"/>
        <source>From frame {frame} on, #{id} is #{new_id} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="51"/>
        <location filename="app/views/review/who_is_who.py" line="67"/>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="59"/>
        <source>Join tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="62"/>
        <source> Where both had a box, {frames}, that of #{id} stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="70"/>
        <source>#{id} is part of #{id2} now.{kept}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/arranging.py" line="84"/>
        <source>{n} records</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="86"/>
        <source>{copy} is a copy of {track}, with {boxes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="92"/>
        <location filename="app/views/review/who_is_who.py" line="68"/>
        <source>Swap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="98"/>
        <source>Swap tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="100"/>
        <source>#{id} and #{id2} are swapped from frame {frame} on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="111"/>
        <source>Nothing is doubted here. N goes to the next doubt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="119"/>
        <location filename="app/controllers/spans.py" line="147"/>
        <location filename="app/controllers/spans.py" line="152"/>
        <source>Interpolate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="131"/>
        <location filename="app/controllers/editing.py" line="264"/>
        <location filename="app/controllers/editing.py" line="280"/>
        <location filename="app/controllers/find_again.py" line="69"/>
        <location filename="app/controllers/labels.py" line="58"/>
        <location filename="app/controllers/look_alikes.py" line="60"/>
        <location filename="app/controllers/review.py" line="326"/>
        <location filename="app/controllers/seeking.py" line="101"/>
        <location filename="app/controllers/spans.py" line="26"/>
        <location filename="app/controllers/tightening.py" line="54"/>
        <location filename="app/controllers/tightening.py" line="74"/>
        <source>Select a track first: click on its box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="138"/>
        <source>{verb} takes two tracks: click on one, then Ctrl+click on the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py" line="69"/>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py" line="117"/>
        <source>#{track_id}, frame {frame}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py" line="26"/>
        <source>Each cell of the score map has boxes of several shapes, the anchors.
Show the best of them on each cell, or what one shape says (width : height)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py" line="31"/>
        <source>Anchor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py" line="47"/>
        <source>Best anchor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py" line="29"/>
        <source>Use for coming runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py" line="31"/>
        <source>What you try here changes this frame&apos;s maps and nothing else, until you press this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py" line="34"/>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py" line="35"/>
        <source>Set the sliders back to the values that this tracker comes with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="35"/>
        <source>Raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="36"/>
        <source>What the network says: how much each place looks like the exemplar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="40"/>
        <source>Penalised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="41"/>
        <source>The raw score, less where the box would change its size or shape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="45"/>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="46"/>
        <source>The cosine window: how near each place is to where the target was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="50"/>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="51"/>
        <source>The penalised map mixed with the window. The target is where this is highest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="75"/>
        <source>Exemplar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="75"/>
        <source>What the target looks like: cut out around a drawn box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="78"/>
        <source>Search region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py" line="80"/>
        <source>Where the tracker looked. Bold: the box it chose. Thin: the next best. Dashed: what the maps cover.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="32"/>
        <source>Select a tracked box to see why it is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="33"/>
        <source>The tracker has not looked at this frame.
Track through it to see its score map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="34"/>
        <source>decided = raw score × penalty × (1 − window influence) + window × window influence

Raw is what the network says of a place, here and in the maps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="38"/>
        <source>How likely the tracker&apos;s box is right, as measured on videos whose truth is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="39"/>
        <source>The network&apos;s own number. For this tracker nobody has measured how likely a box of this score is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="71"/>
        <source>Auto contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="75"/>
        <source>Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="39"/>
        <location filename="app/views/score_map/panel.py" line="99"/>
        <location filename="app/views/timeline/hover_text.py" line="19"/>
        <source>frame {frame}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="41"/>
        <source>{track}, frame {frame}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="43"/>
        <source>deleted track #{track_id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="63"/>
        <source>There is no note yet; Ctrl+N leaves one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="66"/>
        <source>There is no note after this frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py" line="66"/>
        <source>There is no note before this frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="151"/>
        <source>Stretch the colours of all maps to this frame&apos;s highest score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="153"/>
        <source>Lay the deciding map over the video, at its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="154"/>
        <source>How opaque the map on the video is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="238"/>
        <source>Searching: the target is lost, so it is looked for farther away</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/score_map/panel.py" line="241"/>
        <source>{n} distractors</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="243"/>
        <source>&lt;span style=&apos;color:{colour}&apos;&gt;■&lt;/span&gt; {distractors}: alike, but not the target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="272"/>
        <source>×  penalty {penalty:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="274"/>
        <source>at scale {factor:.3f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="276"/>
        <source>Raw {score:.2f}  {how}  →  decided {decided:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="284"/>
        <source>: how likely the box is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="284"/>
        <source>: the network&apos;s own number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py" line="286"/>
        <source>Score {score_text}{meaning}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/score_map/pyramid_strip.py" line="30"/>
        <source>The target is looked for at several scales at once. Framed: the one whose peak was highest.
Below each: how much wider it looked than the last size, and its peak after the scale penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="38"/>
        <source>Key for “{action}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="47"/>
        <source>As at first ({default})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="47"/>
        <source>None, as at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="54"/>
        <source>Press the key:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="72"/>
        <source>This is the key of “{owner}”, which will have none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py" line="74"/>
        <source>Without a key it stays in the menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Tracking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py" line="1"/>
        <source>Video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/settings/settings_dialog.py" line="47"/>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="41"/>
        <source>{track} is absent from frame {first} to {last} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="53"/>
        <source>frame {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="57"/>
        <source>the next box on frame {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="61"/>
        <source>{track} is absent from frame {first} to {end}; {boxes} gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="76"/>
        <source>{track} has no box from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="88"/>
        <location filename="app/views/timeline/hover_text.py" line="24"/>
        <source>occluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="88"/>
        <source>no longer occluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="91"/>
        <source>{boxes} of {track} {says}, frames {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/span_marks.py" line="103"/>
        <source>{n} boxes are</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="26"/>
        <source>reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="28"/>
        <source>stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="42"/>
        <source>A long step is {long_step} frames now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="69"/>
        <source>{track} has no keyframes on both sides of this frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="72"/>
        <source>Between the keyframes on {before} and {after} lies no frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="86"/>
        <location filename="app/views/timeline/hover_text.py" line="34"/>
        <source>no box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="86"/>
        <source>a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py" line="88"/>
        <source>No frame {where} this one shows {what} of {track}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="36"/>
        <source>absent from here (keyframe)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="36"/>
        <source>keyframe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="38"/>
        <source>absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="11"/>
        <source>low score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="12"/>
        <source>score drops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="13"/>
        <source>directions disagree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="14"/>
        <source>jumps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="15"/>
        <source>size jumps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="16"/>
        <source>shape jumps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="17"/>
        <source>gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="18"/>
        <source>two tracks on one target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="19"/>
        <source>another object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="20"/>
        <location filename="app/model/doubt_words.py" line="67"/>
        <source>leaves the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="21"/>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="22"/>
        <location filename="app/views/timeline/hover_text.py" line="40"/>
        <source>interpolated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="23"/>
        <source>loose box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="24"/>
        <source>out of date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="25"/>
        <source>said to be wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="26"/>
        <source>who is who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="27"/>
        <source>found again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="43"/>
        <source>low score of {score:.0%}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="45"/>
        <source>score drops from {earlier_score:.0%} to {score:.0%}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="49"/>
        <source>forward and backward disagree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="51"/>
        <source>jumps from one frame to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="53"/>
        <source>changes its size from one frame to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="55"/>
        <source>changes its shape from one frame to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="57"/>
        <source>gap of {frames}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="60"/>
        <source>on the same target as another track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="62"/>
        <source>same box as #{other_track_id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="65"/>
        <source>looks like another object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="69"/>
        <source>lost for {frames}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="71"/>
        <source>interpolated over {frames}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="73"/>
        <source>may be loose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="75"/>
        <source>tracked before the last correction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="77"/>
        <source>you said that it is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py" line="88"/>
        <source>{doubtful:,} doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/doubt_words.py" line="89"/>
        <source>{n} gaps</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/doubt_words.py" line="90"/>
        <source>{n} clashes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="42"/>
        <source>tracked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py" line="43"/>
        <source>score {score_text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/presenter.py" line="75"/>
        <source>Frames {first} to {last} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py" line="13"/>
        <source>a new track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py" line="28"/>
        <source>Simplify span to keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py" line="44"/>
        <source>&amp;Least overlap of lines with the boxes (IoU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py" line="72"/>
        <source>Copy span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py" line="77"/>
        <source>What the other track has in these frames is replaced where something is copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py" line="29"/>
        <source>Open a video to see its timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py" line="30"/>
        <location filename="app/views/track_list/track_list_view.py" line="20"/>
        <source>No tracks yet. Drag a box on the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py" line="31"/>
        <location filename="app/views/track_list/track_list_view.py" line="19"/>
        <source>No track is as the filter asks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py" line="32"/>
        <source>Select a track to see its score.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/arranging.py" line="64"/>
        <location filename="app/controllers/project.py" line="336"/>
        <location filename="app/controllers/project.py" line="380"/>
        <location filename="app/model/doubt_words.py" line="57"/>
        <location filename="app/model/doubt_words.py" line="69"/>
        <location filename="app/model/doubt_words.py" line="71"/>
        <location filename="app/views/timeline/timeline_painter.py" line="157"/>
        <location filename="app/views/window/context_menus.py" line="72"/>
        <location filename="app/workers/tracking_messages.py" line="101"/>
        <location filename="app/workers/tracking_messages.py" line="105"/>
        <source>{n} frames</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/track_list/attributes_dialog.py" line="26"/>
        <source>COCO, CVAT, CSV and VIAME write them; other formats say in their report that they cannot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/attributes_dialog.py" line="43"/>
        <source>Attributes of {track}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/attributes_dialog.py" line="46"/>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/attributes_dialog.py" line="47"/>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="49"/>
        <source>Label and colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="49"/>
        <source>Label and colour of {names} tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="59"/>
        <source>as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="59"/>
        <source>no label yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="68"/>
        <source>Other colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py" line="81"/>
        <location filename="app/views/track_list/track_menu.py" line="40"/>
        <location filename="app/views/track_list/track_table_model.py" line="42"/>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/record_counts.py" line="19"/>
        <source>no boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/record_counts.py" line="20"/>
        <source>{keyframes}, {tracked:,} tracked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="25"/>
        <source>Choose a span first: drag along the track&apos;s row in the timeline, or Shift+click there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="156"/>
        <source>Smooth jitter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="160"/>
        <source>Simplify to keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="196"/>
        <location filename="app/controllers/spans.py" line="198"/>
        <source>Copy boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="202"/>
        <source>{copied} of {track} copied to {goal}, frames {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="298"/>
        <source>{boxes} of {track} {what}, frames {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="310"/>
        <source>now lie on lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="314"/>
        <source>now lie on a smooth curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="321"/>
        <source>{track} has no unreviewed box from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="328"/>
        <source>{boxes} of {track} marked as right, frames {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="343"/>
        <source>{boxes} of {track} smoothed, frames {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/spans.py" line="356"/>
        <location filename="app/views/track_list/record_counts.py" line="21"/>
        <source>{n} keyframes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py" line="359"/>
        <source>{left} left of {boxes} of {track}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Crimson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Purple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="19"/>
        <source>Teal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Pink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Lime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Cyan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Rose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="20"/>
        <source>Violet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="37"/>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="45"/>
        <source>Other…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="46"/>
        <location filename="app/views/track_list/track_menu.py" line="77"/>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="47"/>
        <source>Select only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="49"/>
        <location filename="app/views/track_list/track_menu.py" line="80"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="62"/>
        <source>Colour of the track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py" line="80"/>
        <source>Delete {selected} tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="24"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="143"/>
        <source>no label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="40"/>
        <source>Visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="41"/>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="43"/>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="46"/>
        <source>Records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="131"/>
        <source>locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="131"/>
        <source>not locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="139"/>
        <source>hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="139"/>
        <source>visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="175"/>
        <source>Show {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="175"/>
        <source>Hide {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="179"/>
        <source>Unlock {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="181"/>
        <source>Lock {name}: nothing changes it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="184"/>
        <source>{name}: {doubts} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/track_list/track_table_model.py" line="184"/>
        <location filename="app/views/workspace/export_dialog.py" line="96"/>
        <location filename="app/views/workspace/presenter.py" line="148"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="66"/>
        <location filename="app/views/workspace/video_list.py" line="195"/>
        <source>{n} doubts</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="186"/>
        <source>Double-click for another colour of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="188"/>
        <source>F2 renames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="196"/>
        <source>Note on frame {frame}: {notes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py" line="202"/>
        <source>and {more_notes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/track_list/track_table_model.py" line="202"/>
        <source>{n} more notes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py" line="126"/>
        <source>comes with Siamark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py" line="126"/>
        <source>added by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py" line="130"/>
        <source>{title}, {size:.1f} MB, {origin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py" line="154"/>
        <source>tracking {who} forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py" line="156"/>
        <source>tracking {who} backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py" line="32"/>
        <source>Track again  (T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py" line="37"/>
        <source>Leave the boxes as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py" line="55"/>
        <location filename="app/views/tracking/retrack_bar.py" line="57"/>
        <source>the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py" line="57"/>
        <source>the keyframe at {until}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py" line="59"/>
        <source>Track #{track_id} again from frame {frame} to {goal}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_status.py" line="36"/>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_status.py" line="48"/>
        <source>, {frames_per_second:.0f} frames/s, {duration_text} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="47"/>
        <source>The network that follows what you have boxed; Track &gt; Models… has more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="49"/>
        <source>What the network computes on; Automatic takes the fastest there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="52"/>
        <source>How exactly the network computes: float32 is exact, bf16 is faster on some processors;
Automatic takes bf16 where it is measured to be faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/tracking/tracker_bar.py" line="105"/>
        <source>{n} changed constants</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="108"/>
        <source>{title} {value:.3f} (its own: {own:.3f})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="112"/>
        <source>Coming runs do not use the tracker&apos;s own constants:
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py" line="114"/>
        <source>
Click to use its own again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="14"/>
        <source>Only tracks that the review asks about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="15"/>
        <source>Only tracks with boxes of a tracker that nobody has looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="16"/>
        <source>Only tracks that show a box in this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="42"/>
        <source>Filter tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="43"/>
        <source>Filter tracks by label or number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py" line="44"/>
        <source>Words of the label or number; Esc shows all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/tracks/score_legend.py" line="51"/>
        <source>Score of {track}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py" line="29"/>
        <source>Contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py" line="34"/>
        <source>The pictures of this video have more than 8 bits. The tracker sees them as they are shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py" line="38"/>
        <source>&amp;Black up to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py" line="39"/>
        <source>&amp;White from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py" line="46"/>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="37"/>
        <source>The video has frames 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="41"/>
        <source>Type a frame number such as 123, or a time such as 1:05.20.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="44"/>
        <source>Minutes and seconds go up to 59.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="48"/>
        <source>The video ends at {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="64"/>
        <source>Go to frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="74"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="78"/>
        <source>&amp;Frame (0 to {last}) or time (0:00 to {time_text})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py" line="99"/>
        <source>Frame {frame}, at {time_text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py" line="44"/>
        <location filename="app/views/transport/transport_bar.py" line="95"/>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py" line="49"/>
        <source>How fast it plays; [ and ] change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py" line="67"/>
        <source>Frames are counted from 0; this video has {last:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open video…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open a video to annotate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open folder of images…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open a folder whose images are the frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Open a project file (.siamark)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/workspace/panel.py" line="64"/>
        <source>Open workspace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>A folder of videos: how far each is, which is next, and exports of all of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next unfinished video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The next video of the workspace in which something is left to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next film in this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Some files hold several films, of several cameras; each has a project of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Save project as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Every edit is saved at once; this puts the project into a file of your choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Import tracks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Read tracks in a format of others; they are shown before they are taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Export tracks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Write the tracks in a format that others read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Close project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/actions.py" line="242"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/actions.py" line="245"/>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="103"/>
        <source>Correct box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="108"/>
        <source>Delete box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="114"/>
        <location filename="app/controllers/spans.py" line="129"/>
        <location filename="app/controllers/spans.py" line="256"/>
        <source>Delete boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="131"/>
        <location filename="app/controllers/spans.py" line="137"/>
        <source>Mark as occluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="138"/>
        <location filename="app/controllers/spans.py" line="133"/>
        <source>Mark as absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="152"/>
        <source>label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="152"/>
        <source>colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="153"/>
        <source> of {changed} tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="154"/>
        <source>Change {what}{of}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="167"/>
        <source>{track} has {attributes} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/editing.py" line="167"/>
        <source>{n} attributes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="235"/>
        <location filename="app/controllers/editing.py" line="247"/>
        <location filename="app/document/commands.py" line="118"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Draw box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="249"/>
        <source>Added to {track}. For a new track, click beside all boxes first, then draw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Draw a new box, even where another one is in the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete box in this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Remove the selected track&apos;s box from this frame; all of a chosen span in which it lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete up to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Remove the selected track&apos;s boxes from the beginning up to this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete from here on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Remove the selected track&apos;s boxes from this frame to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="119"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete stale boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Remove the selected tracks&apos; boxes that a correction or a later run has overruled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Track stale boxes again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Follow the selected track again where a correction or a later run has overruled its boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py" line="124"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Keep stale boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Let the selected tracks&apos; overruled boxes hold again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Occluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Something hides part of the target from here to the next keyframe, or nothing does any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/keys_in_context.py" line="47"/>
        <source>Absent from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The target is not in the picture from here to the next keyframe; once more takes that back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Tighten box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Let the network look once more and fit the selected track&apos;s box in this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Tighten boxes between keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The same for the boxes of the chosen span, or around this frame, that nobody has drawn or reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>More like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Look in the whole picture for what looks like the selected box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Find it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Look through the video for the selected target where its track does not show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Hide or show track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Hide or show the selected tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Solo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Show only the selected tracks; once more shows what was shown before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Hide other tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Show all tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Lock or unlock track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Nothing changes a locked track, neither a hand nor a tracker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py" line="80"/>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Duplicate track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>A copy of the selected track with all its boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Select next track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Select previous track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Select all tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete the selected tracks with all their boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Split track here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>What the selected track has from this frame on becomes a track of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Join two tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The other selected track becomes part of the active one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Swap two tracks from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>From this frame on two selected tracks have each other&apos;s boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label and colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Name the selected tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Labels of the project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Rename, recolour, order and merge labels, delete those that no track has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 1 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 2 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 3 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 4 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 5 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 6 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 7 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 8 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Label 9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give the selected tracks label 9 of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Begin span here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Choose frames of the selected track from this one on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>End span here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Choose frames of the selected track up to this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Choose whole track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/keys_in_context.py" line="92"/>
        <source>Choose no span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Mark span as right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Every box of the span has been looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Delete span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Remove its boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Absent in span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The target is not in the picture there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Occluded in span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Something hides part of the target there, or nothing does any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Track span again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Follow the target anew from the first box of the span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Interpolate span by lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Lines between the boxes that a person has drawn or let stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Interpolate span by a smooth curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>A curve through these boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Simplify span to keyframes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Keep only as many boxes as lines between them need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Smooth jitter in span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Take the trembling out of the tracker&apos;s boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Copy span to another track…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give another track, or a new one, what is shown in the span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Track forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Follow the selected tracks from this frame to their next keyframe, or to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Track backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Follow the selected tracks from this frame back to their previous keyframe, or to the beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Pause or resume tracking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/keys_in_context.py" line="82"/>
        <location filename="app/views/window/keys_in_context.py" line="93"/>
        <source>Stop tracking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/keys_in_context.py" line="88"/>
        <source>Stop looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Stop what is being looked up in the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Stop looking through the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Stop looking for the target; what was found stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Learn from this project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Stop learning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Stop learning and keep nothing of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>List, add and remove the models that track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>To the next box that may be wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Back to the doubt before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Where to draw next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>To the frame whose box would settle most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Play to the next doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Fast where the tracker is sure, slowly where it is not; stops at each doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/keys_in_context.py" line="60"/>
        <source>Right, and on to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>What is shown here is right: mark it as reviewed and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Join: both are one object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Where one track ends and another begins: the second becomes part of the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Swap: they go on as each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Where two tracks cross: from here on they have each other&apos;s boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Interpolate the doubtful span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Draw a line over it, between the boxes beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Correct by drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Draw the right box in place of the selected one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <location filename="app/views/window/actions.py" line="465"/>
        <source>Certify…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Drawn box is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The box at hand overlaps its target as asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Drawn box is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>The box at hand does not overlap its target as asked; it becomes a doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>All drawn boxes on show are right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Each of the boxes on show that has no answer overlaps its target as asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Draw other boxes for the certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Begin a certificate anew, with other boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Play slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Play faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long step back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long step on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous keyframe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>To the box drawn before, of the selected track or of all. Where it is asked whether two tracks have swapped: swap them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next keyframe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>To the box drawn next, of the selected track or of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>First frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Go to frame or time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Fit picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Show the whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>One screen pixel for each pixel of the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Contrast of deep pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Which values of pictures with more than 8 bits are black and which are white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Score map on the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Lay the score map that decided over the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Find anything that can be done by a few letters of its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Every key, and how to give an action another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Box by numbers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Give left, top, width and height of the selected box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Attributes of the track…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Names and values of the selected track, as exports write them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Leave a note on the selected track at this frame, or on the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next frame with a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Of the selected track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous frame with a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Next frame without a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Previous frame without a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>First frame of the track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Last frame of the track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Middle of two keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Halfway between the keyframes around this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 1 frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 2 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 5 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 10 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 20 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 50 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 100 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 200 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Long steps of 500 frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Brightness and contrast…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Of what you see; trackers get the frames as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Trails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Where the selected targets come from and go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Camera follows the target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Keep the selected target in the middle of the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="1"/>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="242"/>
        <source>Undo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="245"/>
        <source>Redo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="462"/>
        <location filename="app/views/window/keys_in_context.py" line="93"/>
        <source>Leave the certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py" line="466"/>
        <source>Go on with the certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/context_menus.py" line="67"/>
        <source>{name}, frames {first} to {last} ({frames})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/context_menus.py" line="74"/>
        <source>{name} and {others} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="22"/>
        <source>Videos (*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv *.flv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="25"/>
        <source>Siamark projects (*.siamark)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="56"/>
        <source>Opening {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="59"/>
        <source>This video was saved as {named}; you go on there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="63"/>
        <source>Reading through the video once, to know every frame: {done:.0%}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="71"/>
        <source>Open video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="75"/>
        <source>Open folder of images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="79"/>
        <source>Open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="84"/>
        <source>Save project as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="99"/>
        <source>Where is {video} now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="101"/>
        <source>Use this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="104"/>
        <source>{video} is not there any more. Show where it is now, and {project} goes on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="116"/>
        <source>{reason}

If you know that it is the right one, {project} can go on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="121"/>
        <location filename="app/views/window/files.py" line="169"/>
        <source>Go on with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="122"/>
        <source>Do not open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="131"/>
        <source>{reason}

What can still be read of it can be put into a new project beside it. The damaged file stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="137"/>
        <source>Recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="138"/>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="147"/>
        <source>A copy of this video was annotated before. Its project can be opened in place of this new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="148"/>
        <source>Open its project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="149"/>
        <location filename="app/views/window/files.py" line="170"/>
        <source>Begin again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/files.py" line="159"/>
        <source>{name} has {frame_count} frames now; when it was annotated it had {earlier_count}. The project with its {tracks} is {path}.

It can go on if the frames from the first on are still the same: every box keeps its frame number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Draw a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Select; add to the selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Click; Ctrl+click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Move or resize the selected box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Drag it or a handle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Nudge the selected box by 1 or 10 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Arrows; Shift+arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Make the selected box larger or smaller by 1 or 10 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Ctrl+arrows; Ctrl+Shift+arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Hide all boxes while it is held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Mouse wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Middle button, or Space and drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Double click beside all boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Rename the selected track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Right click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Go to a frame; select the track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Choose a span of a track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Drag along its row, or Shift+click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Scrub</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Drag in the ruler or the score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Zoom; pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py" line="1"/>
        <source>Mouse wheel; Shift+wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="47"/>
        <source>Reject the candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="52"/>
        <source>This is something else: it leaves the queue, and no box changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="59"/>
        <source>Accept the candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="60"/>
        <source>Take all look-alikes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="65"/>
        <source>The target is here: the box becomes a keyframe and is tracked from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="67"/>
        <source>Each one that is shown becomes a track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="84"/>
        <source>Do not track again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="86"/>
        <source>Stop drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py" line="90"/>
        <source>Take no look-alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/menus.py" line="42"/>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/recent_menu.py" line="22"/>
        <source>Open recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/window/status.py" line="67"/>
        <source>cache {used:.1f} of {allowed:.1f} GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="64"/>
        <source>Export the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="68"/>
        <source>All {videos} that have a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/workspace/export_dialog.py" line="68"/>
        <location filename="app/views/workspace/export_dialog.py" line="69"/>
        <location filename="app/views/workspace/export_dialog.py" line="164"/>
        <location filename="app/views/workspace/presenter.py" line="147"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="64"/>
        <location filename="app/views/workspace/statistics_dialog.py" line="69"/>
        <source>{n} videos</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="69"/>
        <source>The {videos} chosen in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="81"/>
        <source>Only boxes that a person has drawn or reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="82"/>
        <source>Split by video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="94"/>
        <source>The same seed gives the same split again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="96"/>
        <source>{doubts} left in these videos: review them first?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="125"/>
        <source>Videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="126"/>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="128"/>
        <source>New folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="162"/>
        <source>{videos} written: {boxes} of {tracks}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="168"/>
        <source> Split: {parts}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="172"/>
        <source>And {more} more that could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py" line="206"/>
        <source>Export into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="21"/>
        <source>File &gt; Open workspace shows the videos of a folder here: how far each is, and which is next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="46"/>
        <source>Filter by name or label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="48"/>
        <source>Filter videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="51"/>
        <source>Which videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="52"/>
        <source>Order of videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="65"/>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="66"/>
        <source>Statistics…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="67"/>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="68"/>
        <source>Look through the folder again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py" line="69"/>
        <source>Export the chosen videos, or all of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="22"/>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="55"/>
        <source>Open workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="73"/>
        <source>No other video of the list is unfinished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="147"/>
        <source>{finished} of {videos} finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="153"/>
        <source>looking at video {known} of {entries}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="155"/>
        <source>looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py" line="158"/>
        <source>There are no videos and no folders of images in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="27"/>
        <source>Statistics of the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="35"/>
        <source>Boxes by label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="36"/>
        <source>Boxes by video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="39"/>
        <source>Size of boxes (root of the area, pixels)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="40"/>
        <source>Length of tracks (frames with a box)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="60"/>
        <source>{boxes} of {tracks} in {videos}; {reviewed} reviewed, {doubts} left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="69"/>
        <source> {videos} could not be counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py" line="93"/>
        <source>{rest} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="54"/>
        <source>Most doubts first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="55"/>
        <source>Least reviewed first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="56"/>
        <source>Longest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="57"/>
        <source>Last opened first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="61"/>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="62"/>
        <source>Unfinished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="63"/>
        <source>Not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="64"/>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="190"/>
        <source>not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="191"/>
        <source>{share} reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="195"/>
        <source>{doubts} left, {reviewed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="208"/>
        <source>today {moment:%H:%M}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="210"/>
        <source>{moment.day} {moment:%b}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="211"/>
        <source>{moment.day} {moment:%b} {moment.year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py" line="287"/>
        <source>Videos of the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="52"/>
        <source>Track {id} has no box on frame {frame} that could be hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="71"/>
        <source>Track {id} has no box on frame {frame} or before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="75"/>
        <source>Track {id} is absent here since frame {since}; take that back there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="91"/>
        <location filename="app/assist/tightening.py" line="104"/>
        <source>Track {id} has no box on frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="94"/>
        <source>Track {id} is absent here since frame {before}; delete that mark there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="112"/>
        <source>Track {id} has no box from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="126"/>
        <location filename="app/assist/box_edits.py" line="136"/>
        <source>Track {id} has no stale box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="181"/>
        <source>to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="181"/>
        <source>up to the keyframe on {ahead}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="182"/>
        <source>1 box of the tracker is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="182"/>
        <source>{gone} boxes of the tracker are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py" line="183"/>
        <source>Track {id} is absent from frame {frame} {until}; {boxes} gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py" line="111"/>
        <source>Track {id} has no box to be looked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py" line="116"/>
        <source>Track {id} has a box up to the last frame; there is nowhere to look for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py" line="119"/>
        <location filename="app/assist/tightening.py" line="107"/>
        <source>Track {id} has no clear keyframe that shows its target; draw one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py" line="158"/>
        <source>may be seen here again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/identity.py" line="108"/>
        <source>may be #{one} going on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/identity.py" line="110"/>
        <source>may have swapped with #{one}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="145"/>
        <source>reading {teaching} boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="174"/>
        <source>learning from {teaching} boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="227"/>
        <source>comparing on {held_back_boxes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/learning.py" line="229"/>
        <location filename="app/assist/learning.py" line="278"/>
        <source>{n} held-back boxes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="276"/>
        <source>On {held_back_boxes} the learnt tracker overlaps </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="280"/>
        <source>{after:.2f} on average, {name} {before:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="284"/>
        <source>{numbers}, but it lost its target more often, so nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="286"/>
        <source>{numbers}: that may be luck, so nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning.py" line="287"/>
        <source>{numbers}: no better, so nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py" line="118"/>
        <source>Learning needs at least {least_keyframes} boxes that you drew or corrected, in full view; this project has {keyframes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py" line="140"/>
        <source>The {keyframes} boxes that you drew lie too close together in time, or too far apart, to tell whether a tracker has learnt from them; correct boxes in more places of the video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py" line="153"/>
        <source>{model} is a {title}, used as it was published; choose another tracker to teach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/look_alikes.py" line="64"/>
        <source>This box cannot be looked for: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/look_alikes.py" line="66"/>
        <source>{tracker} cannot search a whole picture; choose another tracker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="183"/>
        <source>The box of track {id} on frame {place} is outside the picture; move it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="191"/>
        <source>The box of track {id} on frame {place} is far larger than the picture; draw it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="222"/>
        <source>Every box drawn of track {id} is marked as occluded; draw one where the target is in clear view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="234"/>
        <source>Track {id} is absent on frame {frame}; draw its box there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="241"/>
        <location filename="app/controllers/seeking.py" line="90"/>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="241"/>
        <location filename="app/controllers/seeking.py" line="90"/>
        <source>after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="243"/>
        <source>Track {id} has no box on frame {frame} or {side} it; draw one there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="252"/>
        <source>Track {id} has no box on frame {frame}; draw one there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="289"/>
        <source>Track {id} has a keyframe on frame {frame} already, so there is nothing to track.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="294"/>
        <source>end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="294"/>
        <source>beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py" line="295"/>
        <source>Track {id} is at the {end} of the video already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="72"/>
        <source>Track {id} has no unreviewed box of the tracker from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="98"/>
        <source>Track {id} has gaps from frame {first} to {last}; fill them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="116"/>
        <source>Track {id} needs every box from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="126"/>
        <source>Track {id} shows nothing from frame {first} to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="134"/>
        <source>Choose a span of at least three frames.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="138"/>
        <source>Track {id} has no box on frame {frame}; the span must begin and end with one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py" line="147"/>
        <source>Track {id} is absent on frame {absent}; choose a span without that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/tightening.py" line="91"/>
        <source>{tracker} cannot look at a box again; choose another tracker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/track_edits.py" line="50"/>
        <source>Track {id} has nothing to split off on frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/assist/track_edits.py" line="70"/>
        <source>Neither track {id} nor track {id2} has a box from frame {frame} on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py" line="146"/>
        <source>There is no box to be certified: draw and track something first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py" line="192"/>
        <source>The certificate can be gone on with at any time: {unfinished}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py" line="215"/>
        <source>A moment: the picture is still being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py" line="239"/>
        <source>{boxes} of {box_count:,} {verb} drawn. Say of each whether it is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py" line="255"/>
        <source>No boxes could be drawn: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="89"/>
        <source>looking for #{active}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="103"/>
        <source>Found again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="111"/>
        <source>#{id} has a keyframe here. Track it (T) when the run that goes on has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="132"/>
        <source>{places} where #{track_id} may be seen again: N goes there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/find_again.py" line="134"/>
        <source>{n} places</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="137"/>
        <source>#{track_id} was not found again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py" line="162"/>
        <source>Is this #{track_id}? Enter: yes, track it from here. X: no. N: decide later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py" line="37"/>
        <source>The frames are still being counted: your edit of frame {frame} is kept, and done in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py" line="48"/>
        <source>Frame {frame} is counted; your edit is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py" line="58"/>
        <source>What you did in frame {which} was not kept: the frames had not been counted so far, and their numbers may be others now. Look there, and do it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/identity.py" line="132"/>
        <source>No two tracks are asked about here. N goes to the next doubt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/identity.py" line="170"/>
        <source>Tracks could not be compared: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py" line="119"/>
        <source>writing track {done:,} of {tracks:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py" line="143"/>
        <source>The project was closed meanwhile. Its file holds the imported tracks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="61"/>
        <source>There is no label {number} yet; the project has {labels}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py" line="64"/>
        <source>{n} labels</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="74"/>
        <location filename="app/document/commands.py" line="217"/>
        <source>Add label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="85"/>
        <source>Rename label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="91"/>
        <location filename="app/document/commands.py" line="217"/>
        <source>Change label colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py" line="92"/>
        <source>{n} tracks have that colour too.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="100"/>
        <source>Merge labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py" line="101"/>
        <source>{n} tracks are {into} now.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="110"/>
        <source>Order labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="119"/>
        <source>Every label has a track.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="120"/>
        <source>Delete unused labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py" line="122"/>
        <source>{unused_labels} deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py" line="122"/>
        <source>{n} unused labels</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="18"/>
        <source>Learning was stopped; nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="19"/>
        <source>Teach a copy of the tracker what you have drawn and corrected here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="20"/>
        <source>A tracker is learning already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="21"/>
        <source>To learn from a project at least {least} boxes must have been drawn or corrected in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="22"/>
        <source>Learning was stopped: the project was closed. Nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="108"/>
        <source>The tracker {choice} is not there any more; choose another one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="148"/>
        <source>Another model is being added or removed; use this one when that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py" line="181"/>
        <source>The learnt tracker could not be kept: {sentence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="66"/>
        <source>Track {active} has no box on frame {frame} that could be looked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="80"/>
        <source>looking for more like #{active}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="102"/>
        <source>What looks like #{track_id} was found, but you have left frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="109"/>
        <source>Track {track_id} is gone; there is nothing to be like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="111"/>
        <source>Nothing else on this frame looks like #{track_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/look_alikes.py" line="114"/>
        <source>{n} look-alikes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="116"/>
        <source>{ghosts} of #{track_id}: Enter takes all, a click takes one, Esc none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="128"/>
        <source>Take look-alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py" line="128"/>
        <source>Take {tracks} look-alikes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/models.py" line="112"/>
        <source>Adding {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/models.py" line="120"/>
        <source>Adding what was learnt from {project}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/models.py" line="129"/>
        <source>Removing {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/models.py" line="144"/>
        <source>Fetching {published}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/models.py" line="156"/>
        <source>{path} cannot be read ({error})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/playback.py" line="124"/>
        <source>The contrast could not be kept ({strerror}); check {filename}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="194"/>
        <source>What was open last cannot be opened again. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="205"/>
        <source>{sentence} Until then the project {path} opens at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="244"/>
        <source>{gone} It has been saved as {rescued}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="332"/>
        <source>{name} holds {frames}, not the {known} that its header promises; frames are numbered again from where they differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="417"/>
        <source>{sentence} The video would open with the project as it was before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="427"/>
        <source>{sentence} If the video is renamed its project will not be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="451"/>
        <source>{sentence} After a crash the project would not open by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/project.py" line="472"/>
        <source>{filename} could not be written ({strerror}); check the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/review.py" line="234"/>
        <source>A box of #{track_id} here, or Enter if it is right, may settle {wrong_boxes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/review.py" line="237"/>
        <source>{n} wrong boxes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/review.py" line="288"/>
        <source>{n} boxes said to be wrong are still asked about.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/review.py" line="338"/>
        <source>There is nothing to review yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/review.py" line="348"/>
        <source>That was the last doubt; here is the first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/review.py" line="348"/>
        <source>From the last doubt on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/review.py" line="367"/>
        <location filename="app/controllers/review.py" line="371"/>
        <location filename="app/controllers/spans.py" line="142"/>
        <source>Mark as right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/showing.py" line="37"/>
        <source>{tracks} hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracker_choice.py" line="75"/>
        <source>device: {dict}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="144"/>
        <source>Track {active} has no stale boxes beside a box to start from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="151"/>
        <source>Another run goes on; Esc stops it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="221"/>
        <source>Select the track to be tracked first: click on its box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="305"/>
        <source>Track {track_id} was deleted; it is not tracked any further.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="342"/>
        <source>Tracking was stopped by undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="347"/>
        <source>Tracking was stopped: the project was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py" line="351"/>
        <source>Tracking was stopped: the project file could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/controllers/workspace.py" line="241"/>
        <source>The export was ended. What is in the folder is a part of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="137"/>
        <source>Import {tracks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="164"/>
        <source>Delete {tracks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="194"/>
        <source>Change {named}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="194"/>
        <source>track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="233"/>
        <source>Leave tracks as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="250"/>
        <source>Change labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="334"/>
        <source>Track {targets}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="app/document/commands.py" line="334"/>
        <source>{n} targets</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="344"/>
        <source>Delete note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="344"/>
        <source>Change note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="344"/>
        <source>Leave note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="363"/>
        <source>Draw {boxes} for a certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="384"/>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="384"/>
        <source>wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="384"/>
        <source>not judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/commands.py" line="386"/>
        <source>Say {said} of {boxes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/document.py" line="119"/>
        <source>{name} is locked; Shift+L unlocks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/document/document.py" line="440"/>
        <source>Nothing was changed: the frames of the video are still being counted, and frame {last} may get another number. Up to frame {sure_frames} all is sure; try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="18"/>
        <source>half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="19"/>
        <source>overlap their target by {by} or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="26"/>
        <source>{low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="33"/>
        <source> ({level} sure: {interval})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="38"/>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="39"/>
        <source>{percent} of {boxes} {overlap_words}{sure}, {looked} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="51"/>
        <source>{judged_count:,} of {boxes} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="65"/>
        <source>The certificate is not finished and says nothing so far: {unfinished}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="74"/>
        <source>The certificate is out of date: {boxes} {have} changed since it was drawn on {day}. It said that {statement}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py" line="83"/>
        <source>Certificate of {day}: {statement}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/model/words.py" line="14"/>
        <source>raw {score:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/crop_worker.py" line="134"/>
        <source>Frame {frame} could not be shown ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/errand_worker.py" line="180"/>
        <source>That has failed ({kind}: {error}); nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/explanation_worker.py" line="118"/>
        <source>Frame {frame} could not be explained ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/frame_loader.py" line="221"/>
        <source>{path} could not be opened ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/frame_reader.py" line="150"/>
        <source>Frame {index} could not be read ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/index_proof.py" line="60"/>
        <source>The frames of {path} could not be counted ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/learning_worker.py" line="161"/>
        <source>Learning has failed ({kind}: {error}); nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/runner.py" line="65"/>
        <source>Tracking has failed ({kind}: {error}); what it had found is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="101"/>
        <source>Tracking was stopped after {frames}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="105"/>
        <source>Tracked {frames}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="108"/>
        <source>Track {track_id} was lost on frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="112"/>
        <source>{lost} tracks were lost, the first on frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="115"/>
        <source>{tracks} deleted during the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="123"/>
        <source>Track {track_id} was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py" line="125"/>
        <source>Tracks {others} and {last} were</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
