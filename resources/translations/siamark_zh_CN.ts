<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Siamark</name>
    <message>
        <location filename="app/application.py"/>
        <location filename="app/views/timeline/timeline_view.py"/>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <location filename="app/application.py"/>
        <location filename="app/views/settings/presenter.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Review</source>
        <translation>审查</translation>
    </message>
    <message>
        <location filename="app/application.py"/>
        <location filename="app/views/settings/presenter.py"/>
        <source>Score map</source>
        <translation>得分图</translation>
    </message>
    <message>
        <location filename="app/application.py"/>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Contact sheet</source>
        <translation>缩略图表</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Language, from the next start on</source>
        <translation>语言（下次启动时生效）</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <location filename="app/views/window/menus.py"/>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Keys that a person has chosen, as ACTION=KEY</source>
        <translation>自定义按键，写作 动作=按键</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Recent files</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>Tracker</source>
        <translation>跟踪器</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <location filename="app/views/dialogs/about.py"/>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Mark a box as doubtful where it is right with less than this probability</source>
        <translation>框正确的概率低于此值时标为可疑</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Track again at once after a correction</source>
        <translation>修正后立即重新跟踪</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Least overlap when a span is simplified to keyframes</source>
        <translation>将区间简化为关键帧时的最小重叠度</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>A box is right from this overlap with its target on (IoU)</source>
        <translation>框与目标的重叠度（IoU）达到此值即为正确</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Boxes to be judged for a certificate</source>
        <translation>一份抽检证书需要判断的框数</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Memory for frames, in MB, from the next video on</source>
        <translation>帧缓存的内存（MB，从下一个视频起生效）</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Format of the last export</source>
        <translation>上次导出的格式</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Folder of the last export</source>
        <translation>上次导出的文件夹</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Folder of the last import</source>
        <translation>上次导入的文件夹</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Show the score map on the video</source>
        <translation>在视频上显示得分图</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Opacity of the overlay</source>
        <translation>叠加层的不透明度</translation>
    </message>
    <message>
        <location filename="app/settings/schema.py"/>
        <source>Whether the tour was taken, or not wanted</source>
        <translation>是否已看过或不想看导览</translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py"/>
        <source>Box of {name}</source>
        <translation>{name} 的框</translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py"/>
        <source>&amp;Left</source>
        <translation>左(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py"/>
        <source>&amp;Top</source>
        <translation>上(&amp;T)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py"/>
        <source>&amp;Width</source>
        <translation>宽(&amp;W)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/box_dialog.py"/>
        <source>&amp;Height</source>
        <translation>高(&amp;H)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/canvas_view.py"/>
        <source>Video picture</source>
        <translation>视频画面</translation>
    </message>
    <message>
        <location filename="app/views/canvas/guides.py"/>
        <source>distractor</source>
        <translation>干扰物</translation>
    </message>
    <message>
        <location filename="app/views/canvas/guides.py"/>
        <source>searching</source>
        <translation>搜索中</translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py"/>
        <location filename="app/views/exporting/label_table.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <location filename="app/views/track_list/cells.py"/>
        <location filename="app/views/track_list/track_table_model.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py"/>
        <source>Label of the new box</source>
        <translation>新框的标签</translation>
    </message>
    <message>
        <location filename="app/views/canvas/label_field.py"/>
        <source>Type the label of the new box and press Enter; Tab comes here from the picture</source>
        <translation>输入新框的标签并按回车；在画面上按 Tab 可到这里</translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py"/>
        <source>Brightness and contrast</source>
        <translation>亮度与对比度</translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py"/>
        <source>Only what you see changes; trackers get the frames as they are.</source>
        <translation>只改变您看到的画面；跟踪器得到的帧保持原样。</translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py"/>
        <source>&amp;Brightness</source>
        <translation>亮度(&amp;B)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/look_dialog.py"/>
        <source>&amp;Contrast</source>
        <translation>对比度(&amp;C)</translation>
    </message>
    <message>
        <location filename="app/views/canvas/looking.py"/>
        <source>Select a track that shows a box here: click on its box.</source>
        <translation>请先选择在此处有框的轨迹：点击它的框。</translation>
    </message>
    <message>
        <location filename="app/views/canvas/messages.py"/>
        <source>Open a video (Ctrl+O), or drop one here</source>
        <translation>打开视频（Ctrl+O），或将视频拖放到这里</translation>
    </message>
    <message>
        <location filename="app/views/canvas/messages.py"/>
        <source>Drag a box around what you want to follow, then press T</source>
        <translation>在要跟踪的目标周围拖出一个框，然后按 T</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py"/>
        <source>Every </source>
        <translation>每隔 </translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>around this frame</source>
        <translation>当前帧附近</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>from frame {first} to {last}</source>
        <translation>第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>There is no box {where} that nobody has drawn or reviewed, or no keyframe to compare with.</source>
        <translation>{where}没有既非人工绘制也未审查的框，或没有可供比较的关键帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>tightening {boxes}</source>
        <translation>正在贴紧 {boxes}</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <location filename="app/controllers/tightening.py"/>
        <location filename="app/views/contact_sheet/panel.py"/>
        <source>Tighten</source>
        <translation>贴紧</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>The network finds no better fit; the box stays as it is.</source>
        <oldsource>The network sees no better fit near by; the box stays as it is.</oldsource>
        <translation>网络没有找到更好的位置；框保持不变。</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>Tightened: the new box overlaps the old one by {iou:.0%}. Ctrl+Z undoes it.</source>
        <oldsource>Tightened: the new box overlaps the old one by {iou:.0%}. Ctrl+Z takes it back.</oldsource>
        <translation>已贴紧：新框与旧框的重叠度为 {iou:.0%}。Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source> {boxes_stay}: the network was not sure there.</source>
        <translation>{boxes_stay}：网络在那里不够确定。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/tightening.py"/>
        <source>{n} boxes stay</source>
        <translation>
            <numerusform>{n} 个框保持不变</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/tightening.py"/>
        <source>Tightened {boxes}.{stayed}</source>
        <translation>已贴紧 {boxes}。{stayed}</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py"/>
        <location filename="app/views/detections/link_dialog.py"/>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py"/>
        <source>Tighten the boxes of the span that nobody has drawn or reviewed</source>
        <translation>让网络重新贴合区间内既非人工绘制也未审查的框</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py"/>
        <source>Shift+click chooses a span</source>
        <translation>Shift+单击选择区间</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/panel.py"/>
        <source>{first} to {last} are right</source>
        <translation>第 {first} 至 {last} 帧正确</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/presenter.py"/>
        <source>Select a track to see it in pictures.</source>
        <translation>选择一条轨迹即可查看它的各帧画面。</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Frame {frame}: wrong with a probability of {doubt:.0%}, at a guess</source>
        <translation>第 {frame} 帧：错误概率估计为 {doubt:.0%}</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Frame {frame}: wrong with a probability of {doubt:.0%}</source>
        <translation>第 {frame} 帧：错误概率 {doubt:.0%}</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Frame {frame}: drawn by a person</source>
        <translation>第 {frame} 帧：人工绘制</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Frame {frame}: reviewed</source>
        <translation>第 {frame} 帧：已审查</translation>
    </message>
    <message>
        <location filename="app/views/contact_sheet/sheet_view.py"/>
        <source>Frame {frame}</source>
        <translation>第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>Turns one drawn box into a corrected track.</source>
        <translation>画一个框，得到一条修正好的轨迹。</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>Apache License 2.0. Qt and PySide6 are used under the LGPL, version 3.</source>
        <translation>Apache License 2.0。Qt 与 PySide6 依 LGPL 第 3 版使用。</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>About Siamark</source>
        <translation>关于 Siamark</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>Copy the versions, to paste into a report</source>
        <translation>复制各版本号，以便粘贴到问题报告中</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/about.py"/>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/palette.py"/>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/palette.py"/>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py"/>
        <source>Search, by name or by key</source>
        <translation>按名称或按键搜索</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/shortcuts.py"/>
        <source>Change key…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Export tracks</source>
        <translation>导出轨迹</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Review first</source>
        <translation>先审查</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/settings/presenter.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>{text}: review first?</source>
        <translation>{text}：要先审查吗？</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Exporting: {what}…</source>
        <translation>正在导出：{what}…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>; read back and compared</source>
        <translation>；已读回并核对</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Wrote {amount}{checked}.</source>
        <translation>已写出 {amount}{checked}。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>• Classes: {numbered_classes}.</source>
        <translation>• 类别：{numbered_classes}。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Cancelled; nothing was changed.</source>
        <translation>已取消；没有任何改动。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>&amp;Path</source>
        <translation>路径(&amp;P)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Choose where to write.</source>
        <translation>请指定写到哪里。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>There is no folder {parent}.</source>
        <translation>没有文件夹 {parent}。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>What is already there will be replaced.</source>
        <translation>已有的内容将被替换。</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/models/models_dialog.py"/>
        <location filename="app/views/window/files.py"/>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="app/views/exporting/export_dialog.py"/>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/label_table.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <location filename="app/views/exporting/label_table.py"/>
        <source>Written as</source>
        <translation>写作</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Every frame: drawn, tracked and interpolated</source>
        <translation>每一帧：绘制、跟踪和插值的框</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Keyframes only: drawn or corrected by a person</source>
        <translation>仅关键帧：人工绘制或修正的框</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Reviewed only: drawn, or marked as right</source>
        <translation>仅已审查：绘制的框，或标为正确的框</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <location filename="app/views/exporting/options_form.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Pictu&amp;res</source>
        <translation>图像(&amp;R)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>One class, as TrackEval scores it</source>
        <translation>合为一类，与 TrackEval 的评分方式一致</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>The classes of MOT17</source>
        <translation>MOT17 的类别</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Pixels count from 0</source>
        <translation>像素从 0 开始计数</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Regions as polygons</source>
        <translation>区域写成多边形</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>W&amp;ritten as</source>
        <translation>写作(&amp;R)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>as usual: JPEG</source>
        <translation>默认：JPEG</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>in steps of</source>
        <translation>步长</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Boxes</source>
        <translation>框</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Boxes of one label that overlap from frame to frame become a track. The others stay ghosts.</source>
        <translation>同一标签的框若逐帧重叠，就连成一条轨迹。其余的仍是候选虚框。</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source> detections</source>
        <translation> 个检测框</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Link</source>
        <translation>连接</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>&amp;Overlap from</source>
        <translation>最小重叠(&amp;O)</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Overlap (IoU) of a box with the last box of its track, or with the predicted one</source>
        <translation>与轨迹最后一个框，或与其推算位置的重叠（IoU）</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Longest &amp;gap</source>
        <translation>最长间断(&amp;G)</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>A track continues across this many frames without a detection</source>
        <translation>轨迹可跨过多少帧没有检测框的间断</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>&amp;Shortest track</source>
        <translation>最短轨迹(&amp;S)</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Shorter tracks stay detections</source>
        <translation>更短的仍是检测框</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <location filename="app/views/exporting/options_form.py"/>
        <source>&amp;Least score</source>
        <translation>最低得分(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Detections with a lower score stay as they are; those without a score are used</source>
        <translation>低于此分数的检测框保持不变；没有分数的照样采用</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>{tracks} of {used} of {detections}.</source>
        <translation>{detections}中的 {used} 个连成{tracks}。</translation>
    </message>
    <message>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Counting…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>La&amp;bels</source>
        <translation>标签(&amp;B)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>&amp;Margin</source>
        <translation>边距(&amp;M)</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Leave out tracked boxes with a lower score that nobody has reviewed</source>
        <translation>得分低于此值且未经审查的跟踪框不写出</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Write a label under another name; an empty name leaves out its tracks</source>
        <translation>可将标签改名写出；留空则不写出其轨迹</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <source>Also include the surroundings of a box: this share of its size on each side</source>
        <translation>同时写出框周围的部分，以框在每一侧尺寸的比例计</translation>
    </message>
    <message>
        <location filename="app/views/exporting/options_form.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Also write the frames, where the format expects them</source>
        <translation>帧图像，写到该格式查找图像的位置</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures as the whole file tells</source>
        <translation>按整个文件判断图像的对应关系</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures by their names in the folder</source>
        <translation>按文件夹中的文件名对应图像</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures by the number in their names, from 0</source>
        <translation>按文件名中的编号对应图像，从 0 开始</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures by the number in their names, from 1</source>
        <translation>按文件名中的编号对应图像，从 1 开始</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures by their frame numbers, from 0</source>
        <translation>按帧号对应图像，从 0 开始</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures by their frame numbers, from 1</source>
        <translation>按帧号对应图像，从 1 开始</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>pictures in the order of the file</source>
        <translation>按文件中的顺序对应图像</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>tracks</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>ghosts to accept</source>
        <translation>待接受的虚框</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Import tracks</source>
        <translation>导入轨迹</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>A file, or the folder of a data set</source>
        <translation>一个文件，或数据集的文件夹</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>told from the file</source>
        <translation>由文件判断</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Pixels count from 0, where the format says 1</source>
        <translation>像素从 0 开始计数，而格式规定从 1 开始</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/settings/presenter.py"/>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <location filename="app/controllers/history.py"/>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <location filename="app/controllers/history.py"/>
        <source>Redone</source>
        <translation>已重做</translation>
    </message>
    <message>
        <location filename="app/controllers/history.py"/>
        <source>{parts}.</source>
        <translation>{parts}。</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <location filename="app/controllers/attributes.py"/>
        <source>There is an attribute {name} already.</source>
        <translation>已有名为 {name} 的属性。</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Add attribute</source>
        <translation>添加属性</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Change attribute</source>
        <translation>修改属性</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Rename attribute</source>
        <translation>重命名属性</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Order attributes</source>
        <translation>调整属性顺序</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Delete attribute</source>
        <translation>删除属性</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>The attribute {name} is deleted.</source>
        <translation>属性 {name} 已删除。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/attributes.py"/>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/history.py"/>
        <location filename="app/controllers/showing.py"/>
        <location filename="app/controllers/tracking.py"/>
        <location filename="app/controllers/tracking.py"/>
        <location filename="app/document/commands.py"/>
        <location filename="app/document/commands.py"/>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/detections/link_dialog.py"/>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/importing/presenter.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <location filename="app/views/learning/learn_dialog.py"/>
        <location filename="app/views/tracking/run_dialog.py"/>
        <location filename="app/views/window/files.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{n} tracks</source>
        <translation>
            <numerusform>{n} 条轨迹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/attributes.py"/>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>{n} values</source>
        <translation>
            <numerusform>{n} 个值</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>{values} of {tracks} went with it.</source>
        <translation>{tracks}的{values}随之删除。</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>{name} is {demand}; {value} is not.</source>
        <translation>{name} 应为{demand}；{value} 不符合。</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Set {name}</source>
        <translation>设置 {name}</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>Take back {name}</source>
        <translation>撤回 {name}</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>{name} does not change after frame {frame}.</source>
        <translation>第 {frame} 帧之后 {name} 没有变化。</translation>
    </message>
    <message>
        <location filename="app/controllers/attributes.py"/>
        <source>{name} does not change before frame {frame}.</source>
        <translation>第 {frame} 帧之前 {name} 没有变化。</translation>
    </message>
    <message>
        <location filename="app/controllers/history.py"/>
        <source>frame {span}</source>
        <translation>第 {span} 帧</translation>
    </message>
    <message>
        <location filename="app/controllers/history.py"/>
        <source>frames {span} to {span2}</source>
        <translation>第 {span} 至 {span2} 帧</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <location filename="app/controllers/doubt_page.py"/>
        <location filename="app/controllers/review.py"/>
        <location filename="app/controllers/review.py"/>
        <source>Nothing is doubtful.</source>
        <translation>没有疑点。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/review_outlook.py"/>
        <location filename="app/assist/review_outlook.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/tightening.py"/>
        <location filename="app/controllers/tightening.py"/>
        <location filename="app/controllers/tracking.py"/>
        <location filename="app/document/commands.py"/>
        <location filename="app/document/commands.py"/>
        <location filename="app/model/certificate_words.py"/>
        <location filename="app/model/certificate_words.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/presenter.py"/>
        <location filename="app/views/review/presenter.py"/>
        <location filename="app/views/window/action_set.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>{n} boxes</source>
        <translation>
            <numerusform>{n} 个框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <source>about {boxes} and {time} left</source>
        <translation>还剩约 {boxes}，{time}</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <source>{seconds} seconds</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <source>1 second</source>
        <translation>1 秒</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <source>{minutes} minutes</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <source>{minutes} hours</source>
        <translation>{minutes} 小时</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Labels: {join}.</source>
        <translation>标签：{join}。</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>New to the project: {labels}.</source>
        <translation>项目中的新标签：{labels}。</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>{label}: {boxes}{span}, as ghosts.</source>
        <translation>{label}：{boxes}{span}，作为虚框。</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Ghosts are kept with the project. Enter takes all of a frame, a click takes one; Link detections in the menu Review turns them into tracks.</source>
        <translation>虚框随项目保存。按回车接受一帧的全部，单击接受一个；“审查”菜单中的“连接检测框”把它们连成轨迹。</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Importing: {what}…</source>
        <translation>正在导入：{what}…</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Cancelled; nothing was added.
{previewed}</source>
        <translation>已取消；没有添加任何内容。
{previewed}</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Choose how pictures are matched.</source>
        <translation>请选择图像的对应方式。</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>&amp;Matching</source>
        <translation>对应方式(&amp;M)</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Take &amp;as</source>
        <translation>作为(&amp;T)</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>&amp;Linking from</source>
        <translation>链接阈值(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source> overlap</source>
        <translation> 重叠度</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Boxes without a track: those of one label that overlap this much (IoU) from frame to frame are joined</source>
        <translation>针对未注明轨迹的框：同一标签的框在相邻帧之间的重叠度（IoU）达到此值即连成轨迹</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Import from</source>
        <translation>从以下位置导入</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source> in frames {frames} to {frames2}</source>
        <translation>，第 {frames} 至 {frames2} 帧</translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>{new} on {old}</source>
        <translation>{new} 与 {old} 重合</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/importing/import_dialog.py"/>
        <source>{n} tracks lie</source>
        <translation>
            <numerusform>{n} 条轨迹</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/importing/import_dialog.py"/>
        <source>{tracks} where the project has one of that label already: {named}{more}.</source>
        <translation>{tracks}所在的位置在项目中已有同标签的轨迹：{named}{more}。</translation>
    </message>
    <message>
        <location filename="app/views/importing/presenter.py"/>
        <source>{detections} imported as ghosts: Enter takes all of a frame, a click takes one.</source>
        <translation>已导入{detections}作为虚框：按回车接受一帧的全部，单击接受一个。</translation>
    </message>
    <message>
        <location filename="app/views/importing/presenter.py"/>
        <source>{tracks} imported; Undo removes them.</source>
        <translation>已导入 {tracks}；可用“撤销”移除。</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <location filename="app/views/track_list/track_table.py"/>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Tracks</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>The key gives the label to the selected tracks. The class is its number in exports, which it keeps once it was exported; Up and Down number the classes anew.</source>
        <translation>按键为所选轨迹赋予该标签。类别是导出时的编号，导出过一次后便保持不变；“上移”和“下移”会重新编号。</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Labels of the project</source>
        <translation>项目的标签</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>New label</source>
        <translation>新标签</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Holds</source>
        <translation>有效范围</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>COCO, CVAT, CSV, VIAME and LabelMe can store attributes; the reports of other exports say that they cannot.</source>
        <translation>COCO、CVAT、CSV、VIAME 和 LabelMe 能保存属性；其他导出的报告会说明无法保存。</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Attributes of the project</source>
        <translation>项目的属性</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Attributes of other videos of the workspace</source>
        <translation>工作区其他视频的属性</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>From other videos of the workspace:</source>
        <translation>工作区其他视频的：</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>Delete with {values}</source>
        <translation>删除（连同{values}）</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>from a frame on</source>
        <translation>从某帧起</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <source>whole track</source>
        <translation>整条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Colour…</source>
        <translation>颜色…</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Merge selected into</source>
        <translation>将所选合并到</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>Delete unused</source>
        <translation>删除未使用的</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>unused</source>
        <translation>未使用</translation>
    </message>
    <message>
        <location filename="app/views/labels/labels_dialog.py"/>
        <source>{colour}; double-click for another colour</source>
        <translation>{colour}；双击可更换颜色</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>&amp;Short</source>
        <translation>短(&amp;S)</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>&amp;Normal</source>
        <translation>正常(&amp;N)</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>&amp;Long</source>
        <translation>长(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>Learn from this project</source>
        <translation>从此项目学习</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>{name}, {minutes:.0f} min</source>
        <translation>{name}，{minutes:.0f} 分钟</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>About {minutes} min with the comparison, longer while you track.</source>
        <translation>约需 {minutes} 分钟（含比较），跟踪期间会更久。</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source> and {more} that were made between those</source>
        <translation>，以及它们之间产生的 {more} 个框</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>A copy of {name} learns to follow what this project is about, from {boxes} boxes of {tracks} that you drew or corrected{between}.</source>
        <translation>{name} 的一个副本将从您在 {tracks}上绘制或修正的 {boxes} 个框{between}学习如何跟踪此项目的内容。</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>{held_back} more of your boxes are held back. On those both trackers are compared at the end, and the copy is offered to you only if it follows better.</source>
        <translation>另有 {held_back} 个您的框留作评判。最后用它们比较两个跟踪器，只有副本跟踪得更好时才会提供给您。</translation>
    </message>
    <message>
        <location filename="app/views/learning/learn_dialog.py"/>
        <source>You can go on working meanwhile; while you track, the learning waits. Everything is computed on this computer; nothing of the video leaves it. Your boxes, your models and the tracker itself stay as they are.</source>
        <translation>学习期间您可以继续工作；跟踪时学习会等待。全部计算都在本机进行，视频内容不会外传。您的框、模型和跟踪器本身都保持不变。</translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py"/>
        <source>learning begins</source>
        <translation>学习开始</translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py"/>
        <source>{what}: {duration_text} left</source>
        <translation>{what}：还剩 {duration_text}</translation>
    </message>
    <message>
        <location filename="app/views/learning/learning_status.py"/>
        <source>learning waits</source>
        <translation>学习等待中</translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py"/>
        <source>Use it for this project</source>
        <translation>用于此项目</translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py"/>
        <source>Add it to your models and follow with it whenever this project is open</source>
        <translation>加入您的模型，每次打开此项目时都用它跟踪</translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py"/>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py"/>
        <source>Throw it away; everything stays as it was</source>
        <translation>将其丢弃；一切保持原样</translation>
    </message>
    <message>
        <location filename="app/views/learning/learnt_bar.py"/>
        <location filename="app/views/models/models_dialog.py"/>
        <location filename="app/views/tour/presenter.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="app/views/learning/presenter.py"/>
        <source>{name} is one of your models now and follows in this project from the next run on.</source>
        <translation>{name} 已成为您的模型之一，从下一次运行起在此项目中使用。</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>The model card is in English.</source>
        <translation>下面的模型卡为英文。</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>learnt from</source>
        <translation>学习自</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>in the project</source>
        <translation>所用项目</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>on</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>boxes that taught it</source>
        <translation>用于学习的框</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>overlap before</source>
        <translation>学习前的重叠度</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>overlap after</source>
        <translation>学习后的重叠度</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>sha256 of what it began from</source>
        <translation>原模型的 sha256</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>converted from</source>
        <translation>转换自</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>its file</source>
        <translation>其文件</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>sha256 of its file</source>
        <translation>其文件的 sha256</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>its layout</source>
        <translation>其布局</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <location filename="app/views/models/model_details.py"/>
        <source>licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <location filename="app/views/models/model_details.py"/>
        <source>page</source>
        <translation>网页</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <location filename="app/views/models/model_details.py"/>
        <source>family</source>
        <translation>系列</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>, which does not track</source>
        <translation>，不用于跟踪</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>constants</source>
        <translation>常数</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>layers</source>
        <translation>网络层</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>There is no model card.</source>
        <translation>没有模型卡。</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>**This model cannot be used.**

{plain}.
</source>
        <translation>**此模型无法使用。**

{plain}。
</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>**{plain}** is a plug-in of the package {package}.

What its scores mean was not measured here. To remove it, uninstall the package.
</source>
        <translation>**{plain}** 是软件包 {package} 提供的插件。

它的得分含义未在此测量过。若要移除，请卸载该软件包。
</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>{plain} cannot be read any more.
</source>
        <translation>{plain} 已无法读取。
</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>{parameters:.1f} million</source>
        <translation>{parameters:.1f} 百万</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>It is downloaded from {plain}. The first {digits} digits of its sha256, all that its publisher gives, are checked.</source>
        <translation>将从 {plain} 下载。发布者只给出了 sha256 的前 {digits} 位，下载后会核对。</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>Siamark cannot download it: open its page, download the file there, and add it here.</source>
        <translation>无法自动获取：请打开它的网页下载文件，然后在此添加。</translation>
    </message>
    <message>
        <location filename="app/views/models/model_details.py"/>
        <source>{size:.1f} MB</source>
        <translation>{size:.1f} MB</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Siamark&apos;s own</source>
        <translation>Siamark 自带</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Added by you</source>
        <translation>您添加的</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Published by others</source>
        <translation>他人发布的</translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/models/model_list.py"/>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <location filename="app/views/models/models_dialog.py"/>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="app/views/models/model_list.py"/>
        <source>The default: it follows in the next run</source>
        <translation>默认：下一次运行使用它</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Weights (*.pth *.pt *.model *.safetensors *.bin *.onnx)</source>
        <translation>权重文件 (*.pth *.pt *.model *.safetensors *.bin *.onnx)</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>&amp;Add file…</source>
        <translation>添加文件(&amp;A)…</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Set as &amp;default</source>
        <translation>设为默认(&amp;D)</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Down&amp;load</source>
        <translation>下载(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>{name} was added.</source>
        <translation>已添加 {name}。</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Add a published checkpoint or a weights file; you can also drop it here</source>
        <translation>添加已发布的检查点或权重文件；也可拖放到这里</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>name (optional)</source>
        <translation>名称（可选）</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>The name of the added model; by default that of its file or layout</source>
        <translation>添加的模型的名称；默认取自文件或布局</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Name of the added model</source>
        <translation>所添加模型的名称</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Follow with this tracker from the next run on, in every project</source>
        <translation>从下一次运行起，在每个项目中都用此跟踪器</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Download this model from its publisher and add it to yours</source>
        <translation>从发布者处下载此模型并加入您的模型</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>What comes with Siamark cannot be removed</source>
        <translation>Siamark 自带的模型不能删除</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Delete this model from your models</source>
        <translation>从您的模型中删除此模型</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Remove {entry}? Its file is deleted; runs that it made stay as they are.</source>
        <translation>移除 {entry}？其文件将被删除；用它完成的运行保持不变。</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source> It is the default: Siamark&apos;s own takes its place.</source>
        <translation>它是默认模型：将改用 Siamark 自带的模型。</translation>
    </message>
    <message>
        <location filename="app/views/models/models_dialog.py"/>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="app/views/models/presenter.py"/>
        <source>{name} was removed.</source>
        <translation>已移除 {name}。</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>Ctrl+Enter saves it; an empty note is deleted. Notes stay in the project; reports of exports say so.</source>
        <translation>Ctrl+回车保存；空备注会被删除。备注保留在项目中：导出报告会说明。</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>What the note is about</source>
        <translation>备注的对象</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>What should the note say?</source>
        <translation>要说明什么？</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>&amp;About</source>
        <translation>对象(&amp;A)</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <location filename="app/views/notes/note_dialog.py"/>
        <source>A note has at most {longest_note:,} characters</source>
        <translation>备注最多 {longest_note:,} 个字符</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Boxes are being drawn…</source>
        <translation>正在抽取框…</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Certify</source>
        <translation>抽检</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>No certificate</source>
        <translation>没有抽检证书</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Judge boxes drawn at random, to know how many of all are right</source>
        <translation>判断随机抽取的框：由此得知全部框中有多少正确</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Certificate: {judged_count} of {drawn} looked at</source>
        <translation>抽检：已看 {judged_count} / {drawn}</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Certificate out of date: {boxes} changed since</source>
        <translation>抽检证书已过期：此后有 {boxes}改动</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>It said that {statement}.</source>
        <translation>证书称：{statement}。</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Certified: {percent} right ({interval_words})</source>
        <translation>抽检合格率：{percent}（{interval_words}）</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Does the box {replace}?</source>
        <translation>这个框是否{replace}？</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Out of date: {boxes} changed since. Draw other boxes to certify the current ones.</source>
        <translation>已过期：此后有 {boxes}改动。请重新抽取以认证现在的框。</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>{boxes} said to be wrong: N goes there. Every export&apos;s report tells this.</source>
        <translation>有 {boxes}被判为错误：按 N 前往。每份导出报告都会写明。</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>Every export&apos;s report tells this.</source>
        <translation>每份导出报告都会写明这一点。</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>{percent} of the boxes are right</source>
        <translation>{percent} 的框正确</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>#{track_id} frame {frame}</source>
        <translation>#{track_id} 第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_presenter.py"/>
        <source>, since changed</source>
        <translation>，此后有改动</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <location filename="app/views/review/panel.py"/>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <location filename="app/views/review/doubt_sheet_view.py"/>
        <source>All right</source>
        <translation>全部正确</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <location filename="app/views/review/certificate_view.py"/>
        <source>Draw anew</source>
        <translation>重新抽取</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>frame {first}</source>
        <translation>第 {first} 帧</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>frames {first}–{last}</source>
        <translation>第 {first}–{last} 帧</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>Looks alike to {strength:.0%}.</source>
        <translation>相似度 {strength:.0%}。</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>Mixed up with a probability of {strength:.0%}, at a guess.</source>
        <translation>混淆概率估计为 {strength:.0%}。</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>Wrong with a probability of {strength:.0%}, at a guess.</source>
        <translation>错误概率估计为 {strength:.0%}。</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>Wrong with a probability of {strength:.0%}.</source>
        <translation>错误概率 {strength:.0%}。</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <source>{title}, {place}: {text}. {how}</source>
        <translation>{title}，{place}：{text}。{how}</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_list.py"/>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Doubts</source>
        <translation>疑点</translation>
    </message>
    <message>
        <location filename="app/views/review/judged_boxes.py"/>
        <source>Boxes to be judged; at hand: {at_hand}</source>
        <translation>待判断的框；当前：{at_hand}</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Most doubtful first</source>
        <translation>最可疑的在前</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>As the video goes</source>
        <translation>按视频顺序</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Many</source>
        <translation>多个</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Absent</source>
        <translation>不在画面</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <location filename="app/views/review/who_is_who.py"/>
        <location filename="app/views/tour/presenter.py"/>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <location filename="app/views/review/panel.py"/>
        <source>Order of the doubts</source>
        <translation>疑点的顺序</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <location filename="app/views/track_list/track_list_view.py"/>
        <source>Open a video to begin.</source>
        <translation>打开视频即可开始。</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>Draw a box and track it. What is doubtful then is listed here.</source>
        <translation>画一个框并跟踪它，可疑之处会列在这里。</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>Nothing to review</source>
        <translation>没有可审查的内容</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>Nothing is doubtful so far</source>
        <translation>目前没有疑点</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>What may be wrong is listed here as it is found.</source>
        <translation>可能有误之处一经发现就会列在这里。</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>Nothing is doubtful</source>
        <translation>没有疑点</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>Nobody has looked at the boxes that the tracker was sure of.</source>
        <translation>跟踪器确信的框还没有人看过。</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <location filename="app/views/workspace/presenter.py"/>
        <source>{doubts} left</source>
        <translation>剩余 {doubts}</translation>
    </message>
    <message>
        <location filename="app/views/review/presenter.py"/>
        <source>{seen} vouched for by a person, {trusted} taken on the tracker&apos;s word</source>
        <translation>{seen}由人保证，{trusted}由跟踪器保证</translation>
    </message>
    <message>
        <location filename="app/views/review/progress_ring.py"/>
        <source>{share:.0%} done, {left} left</source>
        <translation>已完成 {share:.0%}，剩余 {left}</translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py"/>
        <source>Is #{other} the same object as #{one}? The verifier guesses {likely}.</source>
        <translation>#{other} 与 #{one} 是同一目标吗？验证器推测：{likely}。</translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py"/>
        <source>Have #{one} and #{other} swapped? The verifier guesses {likely}.</source>
        <translation>#{one} 与 #{other} 互换了吗？验证器推测：{likely}。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>Split track</source>
        <translation>拆分轨迹</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>From frame {frame} on, #{id} is #{new_id} now.</source>
        <translation>从第 {frame} 帧起，#{id} 成为 #{new_id}。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/views/review/who_is_who.py"/>
        <source>Join</source>
        <translation>合并</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>Join tracks</source>
        <translation>合并轨迹</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source> In {frames} both had a box: the drawn one stays, else that of #{id}.</source>
        <translation>有 {frames}两者都有框：保留人画的框，否则保留 #{id} 的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>#{id} is part of #{id2} now.{kept}</source>
        <translation>#{id} 已并入 #{id2}。{kept}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/arranging.py"/>
        <source>{n} records</source>
        <translation>
            <numerusform>{n} 条记录</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>{copy} is a copy of {track}, with {boxes}.</source>
        <translation>{copy} 是 {track} 的副本，共 {boxes}。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/views/review/who_is_who.py"/>
        <source>Swap</source>
        <translation>互换</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>Swap tracks</source>
        <translation>互换轨迹</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>#{id} and #{id2} are swapped from frame {frame} on.</source>
        <translation>从第 {frame} 帧起，#{id} 与 #{id2} 已互换。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>Nothing is doubtful here. N goes to the next doubt.</source>
        <oldsource>Nothing is doubted here. N goes to the next doubt.</oldsource>
        <translation>这里没有疑点。按 N 前往下一个疑点。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Interpolate</source>
        <translation>插值</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/controllers/attributes.py"/>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/find_again.py"/>
        <location filename="app/controllers/labels.py"/>
        <location filename="app/controllers/look_alikes.py"/>
        <location filename="app/controllers/review.py"/>
        <location filename="app/controllers/seeking.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/tightening.py"/>
        <location filename="app/controllers/tightening.py"/>
        <source>Select a track first: click on its box.</source>
        <translation>请先选择一条轨迹：点击它的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <source>{verb} needs two tracks: click on one, then Ctrl+click on the other.</source>
        <oldsource>{verb} takes two tracks: click on one, then Ctrl+click on the other.</oldsource>
        <translation>“{verb}”需要两条轨迹：点击一条，再按住 Ctrl 点击另一条。</translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py"/>
        <source>Leave</source>
        <translation>保持</translation>
    </message>
    <message>
        <location filename="app/views/review/who_is_who.py"/>
        <source>#{track_id}, frame {frame}</source>
        <translation>#{track_id}，第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py"/>
        <source>Each cell of the score map has boxes of several shapes, the anchors.
Show the best of them on each cell, or what one shape says (width : height)</source>
        <translation>得分图的每个单元格都有几种形状的框，即锚框。
显示每个单元格上最好的锚框，或某一种形状的结果（宽 : 高）</translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py"/>
        <source>Anchor</source>
        <translation>锚框</translation>
    </message>
    <message>
        <location filename="app/views/score_map/anchor_chooser.py"/>
        <source>Best anchor</source>
        <translation>最佳锚框</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Window influence</source>
        <translation>窗影响</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How much being near the last place counts against what the network says.</source>
        <translation>靠近上次所在处在多大程度上压过网络的输出。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Scale penalty</source>
        <translation>尺度惩罚</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>What a smaller or larger scale&apos;s peak is multiplied with.</source>
        <translation>较小或较大尺度的峰值要乘的系数。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How fast the box takes on the best scale.</source>
        <translation>框以多快的速度适应最佳尺度。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Penalty</source>
        <translation>惩罚</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How much a change of size or shape counts against a box.</source>
        <translation>尺寸或形状的变化对一个框有多不利。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How fast the box takes on the size that the network sees.</source>
        <translation>框以多快的速度适应网络看到的尺寸。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Distractor weight</source>
        <translation>干扰物权重</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How much resembling a distractor counts against a box.</source>
        <translation>与干扰物相似对一个框有多不利。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Distractor threshold</source>
        <translation>干扰物阈值</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>How much another object must resemble the target to be taken for a distractor.</source>
        <translation>另一个物体与目标要多相似才被当作干扰物。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Use for later runs</source>
        <translation>用于以后的运行</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>What you try here only changes this frame&apos;s maps, until you press this</source>
        <translation>在这里试验只改变当前帧的得分图，按下此按钮后才会生效</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <location filename="app/views/score_map/constants.py"/>
        <source>Reset the sliders to this tracker&apos;s own values</source>
        <translation>将滑块恢复为此跟踪器自带的值</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>What the network says: how much each place looks like the exemplar.</source>
        <translation>网络的输出：每个位置与模板的相似程度。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Penalised</source>
        <translation>惩罚后</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>The raw score, less where the box would change its size or shape.</source>
        <translation>原始得分减去框的尺寸或形状变化的惩罚。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Window</source>
        <translation>窗</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>The cosine window: how near each place is to where the target was.</source>
        <translation>余弦窗：每个位置离目标上次所在处有多近。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Decided</source>
        <translation>决策</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>The penalised map mixed with the window. The target is where this is highest.</source>
        <translation>惩罚后的得分图与余弦窗混合。最高处即目标。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Exemplar</source>
        <translation>模板</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>What the target looks like: cut out around a drawn box.</source>
        <translation>目标的样子：从绘制的框周围裁出。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Search region</source>
        <translation>搜索区域</translation>
    </message>
    <message>
        <location filename="app/views/score_map/evidence_grid.py"/>
        <source>Where the tracker looked. Bold: the box it chose. Thin: the next best. Dashed: what the maps cover.</source>
        <translation>跟踪器查看的区域。粗线：选中的框。细线：次优的框。虚线：得分图覆盖的范围。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Select a tracked box to see why it is there.</source>
        <translation>选择一个跟踪得到的框，查看它为何在那里。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>The tracker has not looked at this frame.
Track through it to see its score map.</source>
        <translation>跟踪器没有看过这一帧。
跟踪经过此帧后即可查看得分图。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>decided = raw score × penalty × (1 − window influence) + window × window influence

Raw is what the network says of a place, here and in the maps.</source>
        <translation>决策 = 原始得分 × 惩罚 × (1 − 窗影响) + 窗 × 窗影响

“原始”是网络对一个位置的输出，此处与各图中皆同。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>How likely the tracker&apos;s box is right, as measured on videos whose truth is known</source>
        <translation>跟踪器的框正确的概率，由已知真值的视频测得</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>The network&apos;s own number. For this tracker nobody has measured how likely a box of this score is right.</source>
        <translation>网络自身的数值。尚无人测量过此跟踪器在这一得分下的框有多大概率正确。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>How likely the tracker&apos;s box is right was measured with its own constants. With those of the sliders it may be more or less.</source>
        <translation>跟踪器的框正确的概率是用它自带的常数测得的。使用滑块的常数时可能更高或更低。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Auto contrast</source>
        <translation>自动对比度</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <location filename="app/views/score_map/panel.py"/>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>frame {frame}</source>
        <translation>第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <source>{track}, frame {frame}</source>
        <translation>{track}，第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <source>deleted track #{track_id}</source>
        <translation>已删除的轨迹 #{track_id}</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <source>There is no note yet; Ctrl+N leaves one.</source>
        <translation>还没有备注；按 Ctrl+N 添加。</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <source>There is no note after this frame.</source>
        <translation>此帧之后没有备注。</translation>
    </message>
    <message>
        <location filename="app/controllers/notes.py"/>
        <source>There is no note before this frame.</source>
        <translation>此帧之前没有备注。</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Stretch the colours of all maps to this frame&apos;s highest score</source>
        <translation>将各图的颜色拉伸到此帧的最高得分</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Lay the deciding map over the video, at its place</source>
        <translation>将决策得分图叠加到视频的对应位置</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>How opaque the map on the video is</source>
        <translation>叠加在视频上的得分图有多不透明</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Searching: the target is lost, so it is looked for farther away</source>
        <translation>搜索中：目标已丢失，正在更大范围内查找</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/score_map/panel.py"/>
        <source>{n} distractors</source>
        <translation>
            <numerusform>{n} 个干扰物</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>&lt;span style=&apos;color:{colour}&apos;&gt;■&lt;/span&gt; {distractors}: alike, but not the target</source>
        <translation>&lt;span style=&apos;color:{colour}&apos;&gt;■&lt;/span&gt; {distractors}：相似，但不是目标</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>×  penalty {penalty:.2f}</source>
        <translation>×  惩罚 {penalty:.2f}</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>at scale {factor:.3f}</source>
        <translation>尺度 {factor:.3f}</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Raw {score:.2f}  {how}  →  decided {decided:.2f}</source>
        <translation>原始 {score:.2f}  {how}  →  决策 {decided:.2f}</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>: how likely the box is right</source>
        <translation>：框正确的概率</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>: the network&apos;s own number</source>
        <translation>：网络自身的数值</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>: not measured with these constants</source>
        <translation>：未用这些常数测量</translation>
    </message>
    <message>
        <location filename="app/views/score_map/panel.py"/>
        <source>Score {score_text}{meaning}</source>
        <translation>得分 {score_text}{meaning}</translation>
    </message>
    <message>
        <location filename="app/views/score_map/pyramid_strip.py"/>
        <source>The target is looked for at several scales at once. Framed: the one whose peak was highest.
Below each: how much wider it looked than the last size, and its peak after the scale penalty</source>
        <translation>同时在几个尺度上查找目标。加框的是峰值最高的一个。
各图下方：与上次尺寸相比放宽了多少，以及尺度惩罚后的峰值</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>Key for “{action}”</source>
        <translation>“{action}”的按键</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>Default ({default})</source>
        <translation>恢复默认（{default}）</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>Default (none)</source>
        <translation>无，恢复默认</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>Press the key:</source>
        <translation>请按下按键：</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>“{owner}” has this key and will lose it.</source>
        <translation>这是“{owner}”的按键，它将没有按键。</translation>
    </message>
    <message>
        <location filename="app/views/settings/key_dialog.py"/>
        <source>Without a key, it stays in the menu.</source>
        <translation>没有按键时，仍可从菜单使用。</translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py"/>
        <source>Tracking</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py"/>
        <source>Editing</source>
        <translation>编辑</translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py"/>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <location filename="app/views/settings/presenter.py"/>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <location filename="app/views/settings/settings_dialog.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>{track} is absent from frame {first} to {last} already.</source>
        <translation>{track} 从第 {first} 至 {last} 帧已是不在画面。</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>frame {last}</source>
        <translation>第 {last} 帧</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>the next box on frame {after}</source>
        <translation>第 {after} 帧的下一个框</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>{track} is absent from frame {first} to {end}; {boxes} gone.</source>
        <translation>{track} 从第 {first} 帧到{end}不在画面；删去 {boxes}。</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>{track} has no box from frame {first} to {last}.</source>
        <translation>{track} 从第 {first} 至 {last} 帧没有框。</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>occluded</source>
        <translation>被遮挡</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>no longer occluded</source>
        <translation>不再被遮挡</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <source>{boxes} of {track} {says}, frames {first} to {last}.</source>
        <translation>{track} 的 {boxes}{says}，第 {first} 至 {last} 帧。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/span_marks.py"/>
        <source>{n} boxes are</source>
        <translation>
            <numerusform>{n} 个框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/canvas/shown_box.py"/>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>reviewed</source>
        <translation>已审查</translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>stale</source>
        <translation>过时</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <source>A long step is {long_step} frames now.</source>
        <translation>现在一大步为 {long_step} 帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <source>{track} has no keyframes on both sides of this frame.</source>
        <translation>{track} 在此帧的两侧并非都有关键帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <source>There is no frame between the keyframes on {before} and {after}.</source>
        <translation>第 {before} 帧与第 {after} 帧的关键帧之间没有帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>no box</source>
        <translation>没有框</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <source>a box</source>
        <translation>有框</translation>
    </message>
    <message>
        <location filename="app/controllers/seeking.py"/>
        <source>No frame {where} this one shows {what} of {track}.</source>
        <translation>此帧{where}没有 {track} {what}的帧。</translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>absent from here (keyframe)</source>
        <translation>从此处起不在画面（关键帧）</translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>keyframe</source>
        <translation>关键帧</translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>absent</source>
        <translation>不在画面</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>low score</source>
        <translation>得分低</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>score drops</source>
        <translation>得分骤降</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>directions disagree</source>
        <translation>两个方向不一致</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>jumps</source>
        <translation>跳变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>size jumps</source>
        <translation>尺寸跳变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>shape jumps</source>
        <translation>形状跳变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>gap</source>
        <translation>缺口</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>two tracks on one target</source>
        <translation>两条轨迹在同一目标上</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <location filename="app/model/doubt_words.py"/>
        <source>leaves the picture</source>
        <translation>离开画面</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>interpolated</source>
        <translation>插值</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>loose box</source>
        <translation>框偏松</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>said to be wrong</source>
        <translation>被判为错误</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>who is who</source>
        <translation>身份存疑</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>found again</source>
        <translation>再次找到</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>low raw score of {score:.2f}</source>
        <translation>原始得分仅 {score:.2f}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>raw score drops from {earlier_score:.2f} to {score:.2f}</source>
        <translation>原始得分从 {earlier_score:.2f} 降到 {score:.2f}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>low score of {score:.0%}</source>
        <translation>得分仅 {score:.0%}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>score drops from {earlier_score:.0%} to {score:.0%}</source>
        <translation>得分从 {earlier_score:.0%} 降到 {score:.0%}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>forward and backward disagree</source>
        <translation>前向与后向不一致</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>jumps from one frame to the next</source>
        <translation>相邻帧之间位置跳变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>changes its size from one frame to the next</source>
        <translation>相邻帧之间尺寸突变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>changes its shape from one frame to the next</source>
        <translation>相邻帧之间形状突变</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>gap of {frames}</source>
        <translation>缺口 {frames}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>on the same target as another track</source>
        <translation>与另一条轨迹在同一目标上</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>same box as #{other_track_id}</source>
        <translation>与 #{other_track_id} 的框相同</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>lost for {frames}</source>
        <translation>丢失 {frames}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>interpolated over {frames}</source>
        <translation>插值 {frames}</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>may be loose</source>
        <translation>框可能偏松</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>tracked before the last correction</source>
        <translation>在上次修正之前跟踪</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>you said that it is wrong</source>
        <translation>您判其为错误</translation>
    </message>
    <message>
        <location filename="app/model/doubt_words.py"/>
        <source>{doubtful:,} doubtful</source>
        <translation>{doubtful:,} 处可疑</translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/doubt_words.py"/>
        <source>{n} gaps</source>
        <translation>
            <numerusform>{n} 处缺口</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/doubt_words.py"/>
        <source>{n} clashes</source>
        <translation>
            <numerusform>{n} 处重合</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>tracked</source>
        <translation>跟踪所得</translation>
    </message>
    <message>
        <location filename="app/views/timeline/hover_text.py"/>
        <source>score {score_text}</source>
        <translation>得分 {score_text}</translation>
    </message>
    <message>
        <location filename="app/views/timeline/presenter.py"/>
        <source>Frames {first} to {last} of {name}</source>
        <translation>{name} 的第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>a new track</source>
        <translation>新轨迹</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>Simplify span to keyframes</source>
        <translation>将区间简化为关键帧</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>&amp;Least overlap of lines with the boxes (IoU)</source>
        <translation>连线与框的最小重叠度（IoU）(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>Copy span</source>
        <translation>复制区间</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>What the other track has in these frames is replaced where something is copied.</source>
        <translation>复制到的帧中，另一条轨迹原有的内容会被替换。</translation>
    </message>
    <message>
        <location filename="app/views/timeline/span_dialogs.py"/>
        <source>&amp;To</source>
        <translation>目标轨迹(&amp;T)</translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py"/>
        <source>Open a video to see its timeline.</source>
        <translation>打开视频即可查看时间线。</translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py"/>
        <location filename="app/views/track_list/track_list_view.py"/>
        <source>No tracks yet. Drag a box on the picture.</source>
        <translation>还没有轨迹。请在画面上拖出一个框。</translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py"/>
        <location filename="app/views/track_list/track_list_view.py"/>
        <source>No track matches the filter.</source>
        <translation>没有符合筛选条件的轨迹。</translation>
    </message>
    <message>
        <location filename="app/views/timeline/timeline_painter.py"/>
        <source>Select a track to see its score.</source>
        <translation>选择一条轨迹即可查看它的得分。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/controllers/opening.py"/>
        <location filename="app/controllers/project.py"/>
        <location filename="app/model/doubt_words.py"/>
        <location filename="app/model/doubt_words.py"/>
        <location filename="app/model/doubt_words.py"/>
        <location filename="app/views/timeline/timeline_painter.py"/>
        <location filename="app/views/window/context_menus.py"/>
        <location filename="app/workers/tracking_messages.py"/>
        <location filename="app/workers/tracking_messages.py"/>
        <source>{n} frames</source>
        <translation>
            <numerusform>{n} 帧</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/attributes/attributes_dialog.py"/>
        <location filename="app/views/attributes/presenter.py"/>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>Label and colour</source>
        <translation>标签与颜色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>Label and colour of {names} tracks</source>
        <translation>{names} 条轨迹的标签与颜色</translation>
    </message>
    <message>
        <location filename="app/views/attributes/value_fields.py"/>
        <location filename="app/views/attributes/value_fields.py"/>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>no label yet</source>
        <translation>尚无标签</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <source>&amp;Label</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/track_list/label_dialog.py"/>
        <location filename="app/views/track_list/track_menu.py"/>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/record_counts.py"/>
        <source>no boxes</source>
        <translation>没有框</translation>
    </message>
    <message>
        <location filename="app/views/track_list/record_counts.py"/>
        <source>{keyframes}, {tracked:,} tracked</source>
        <translation>{keyframes}，{tracked:,} 个跟踪所得</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>Choose a span first: drag along the track&apos;s row in the timeline, or Shift+click there.</source>
        <translation>请先选择区间：在时间线上沿轨迹所在行拖动，或按住 Shift 点击。</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>Smooth jitter</source>
        <translation>平滑抖动</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>Simplify to keyframes</source>
        <translation>简化为关键帧</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Copy boxes</source>
        <translation>复制框</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>{copied} of {track} copied to {goal}, frames {first} to {last}.</source>
        <translation>已将 {track} 的 {copied}复制到 {goal}，第 {first} 至 {last} 帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>{boxes} of {track} {what}, frames {first} to {last}.</source>
        <translation>{track} 的 {boxes}{what}，第 {first} 至 {last} 帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>now lie on lines</source>
        <translation>现在位于直线上</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>now lie on a smooth curve</source>
        <translation>现在位于平滑曲线上</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>{track} has no unreviewed box from frame {first} to {last}.</source>
        <translation>{track} 从第 {first} 至 {last} 帧没有未审查的框。</translation>
    </message>
    <message>
        <location filename="app/assist/review_outlook.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>{boxes} of {track} marked as right, frames {first} to {last}.</source>
        <translation>{track} 的 {boxes}已标为正确，第 {first} 至 {last} 帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>{boxes} of {track} smoothed, frames {first} to {last}.</source>
        <translation>{track} 的 {boxes}已平滑，第 {first} 至 {last} 帧。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/spans.py"/>
        <location filename="app/views/track_list/record_counts.py"/>
        <source>{n} keyframes</source>
        <translation>
            <numerusform>{n} 个关键帧</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/spans.py"/>
        <source>{left} left of {boxes} of {track}.</source>
        <translation>{track} 的 {boxes}中保留 {left}。</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Crimson</source>
        <translation>深红</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Teal</source>
        <translation>蓝绿</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Lime</source>
        <translation>青柠</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Cyan</source>
        <translation>青色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Rose</source>
        <translation>玫红</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Violet</source>
        <translation>紫罗兰</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Select only</source>
        <translation>仅选择此项</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <location filename="app/views/track_list/track_menu.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Delete track</source>
        <translation>删除轨迹</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Colour of the track</source>
        <translation>轨迹的颜色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_menu.py"/>
        <source>Delete {selected} tracks</source>
        <translation>删除 {selected} 条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/exporting/label_table.py"/>
        <location filename="app/views/track_list/track_table_model.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Visible</source>
        <translation>可见</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>For the whole track</source>
        <translation>对整条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>From a frame until the next change</source>
        <translation>从某帧到下一次变化</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>New attribute</source>
        <translation>新属性</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Attribute {name}</source>
        <translation>属性 {name}</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>One per line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>no bound</source>
        <translation>不限</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>&amp;Type</source>
        <translation>类型(&amp;T)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Ho&amp;lds</source>
        <translation>有效范围(&amp;L)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>&amp;Choices</source>
        <translation>选项(&amp;C)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>L&amp;east</source>
        <translation>最小值(&amp;E)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>&amp;Greatest</source>
        <translation>最大值(&amp;G)</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>A bound is a number, or empty.</source>
        <translation>界限应为数字或留空。</translation>
    </message>
    <message>
        <location filename="app/views/attributes/definition_dialog.py"/>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>not locked</source>
        <translation>未锁定</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>visible</source>
        <translation>可见</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Show {name}</source>
        <translation>显示 {name}</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Hide {name}</source>
        <translation>隐藏 {name}</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Unlock {name}</source>
        <translation>解锁 {name}</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Lock {name}: nothing changes it</source>
        <translation>锁定 {name}：任何操作都不会改变它</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>{name}: {doubts} left</source>
        <translation>{name}：还有 {doubts}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/track_list/track_table_model.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/presenter.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{n} doubts</source>
        <translation>
            <numerusform>{n} 个疑点</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Double-click for another colour of {name}</source>
        <translation>双击可为 {name} 更换颜色</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>F2 renames</source>
        <translation>F2 重命名</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>Note on frame {frame}: {notes}</source>
        <translation>第 {frame} 帧的备注：{notes}</translation>
    </message>
    <message>
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>and {more_notes}</source>
        <translation>及 {more_notes}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/track_list/track_table_model.py"/>
        <source>{n} more notes</source>
        <translation>
            <numerusform>另外 {n} 条备注</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>the selected: {tracks}</source>
        <translation>所选轨迹：{tracks}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>comes with Siamark</source>
        <translation>Siamark 自带</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>added by you</source>
        <translation>由您添加</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>{title}, {size:.1f} MB, {origin}</source>
        <translation>{title}，{size:.1f} MB，{origin}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>tracking {who} forward</source>
        <translation>正在向前跟踪 {who}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>tracking {who} backward</source>
        <translation>正在向后跟踪 {who}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/presenter.py"/>
        <source>tracking {who}</source>
        <translation>正在跟踪 {who}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py"/>
        <source>Track again  (T)</source>
        <translation>重新跟踪  (T)</translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py"/>
        <source>Leave the boxes as they are</source>
        <translation>框保持不变</translation>
    </message>
    <message>
        <location filename="app/assist/span_marks.py"/>
        <location filename="app/views/tracking/retrack_bar.py"/>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py"/>
        <source>the keyframe at {until}</source>
        <translation>第 {until} 帧的关键帧</translation>
    </message>
    <message>
        <location filename="app/views/tracking/retrack_bar.py"/>
        <source>Track #{track_id} again from frame {frame} to {goal}?</source>
        <translation>从第 {frame} 帧到{goal}重新跟踪轨迹 #{track_id}？</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_status.py"/>
        <source>, {frames_per_second:.0f} frames/s, {duration_text} left</source>
        <translation>，{frames_per_second:.0f} 帧/秒，还剩 {duration_text}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_status.py"/>
        <source>{run}: starting</source>
        <translation>{run}：正在启动</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/tracking/run_status.py"/>
        <source>, {n} runs wait</source>
        <translation>
            <numerusform>，{n} 次跟踪在等待</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_status.py"/>
        <source>paused, {run}</source>
        <translation>已暂停，{run}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>The network that follows your boxes; Track &gt; Models… has more</source>
        <translation>用于跟踪所框目标的网络；“轨迹 &gt; 模型…”中有更多</translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>The device that runs the network; Automatic takes the fastest one</source>
        <translation>网络在哪个设备上计算；“自动”选用最快的设备</translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>How exactly the network computes: float32 is exact, bf16 is faster on some processors;
Automatic takes bf16 where it is measured to be faster</source>
        <translation>网络的计算精度：float32 精确，bf16 在某些处理器上更快；
“自动”在实测 bf16 更快时采用 bf16</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>{n} changed constants</source>
        <translation>
            <numerusform>已更改 {n} 个常数</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>{title} {value:.3f} (its own: {own:.3f})</source>
        <translation>{title} {value:.3f}（自带值：{own:.3f}）</translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>Later runs do not use the tracker&apos;s own constants, with which its scores were measured:
</source>
        <translation>以后的运行不使用跟踪器自带的常数，而它的得分是用自带常数测量的：
</translation>
    </message>
    <message>
        <location filename="app/views/tracking/tracker_bar.py"/>
        <source>
Click to use its own again</source>
        <translation>
单击可恢复自带的常数</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Only tracks that the review asks about</source>
        <translation>仅显示有待审查的轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Only tracks with boxes of a tracker that nobody has looked at</source>
        <translation>仅显示含有无人看过的跟踪框的轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Only tracks that show a box in this frame</source>
        <translation>仅显示在此帧有框的轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Filter tracks</source>
        <translation>筛选轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Filter tracks by label or number</source>
        <translation>按标签或编号筛选轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracks/filter_bar.py"/>
        <source>Words of the label or number; Esc shows all again</source>
        <translation>标签或编号中的文字；Esc 恢复显示全部</translation>
    </message>
    <message>
        <location filename="app/views/tracks/score_legend.py"/>
        <source>Score of {track}</source>
        <translation>{track} 的得分</translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>The pictures of this video have more than 8 bits. The tracker sees them as shown here.</source>
        <translation>此视频的图像超过 8 位。跟踪器看到的与此处显示的相同。</translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>&amp;Black up to</source>
        <translation>黑色上限(&amp;B)</translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>&amp;White from</source>
        <translation>白色下限(&amp;W)</translation>
    </message>
    <message>
        <location filename="app/views/transport/contrast_dialog.py"/>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>The video has frames 0 to {last}.</source>
        <translation>视频有第 0 至 {last} 帧。</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>Type a frame number such as 123, or a time such as 1:05.20.</source>
        <translation>请输入帧号（如 123）或时间（如 1:05.20）。</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>Minutes and seconds go up to 59.</source>
        <translation>分和秒最大为 59。</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>The video ends at {time}.</source>
        <translation>视频在 {time} 结束。</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>Go to frame</source>
        <translation>转到帧</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>&amp;Frame (0 to {last}) or time (0:00 to {time_text})</source>
        <translation>帧号（0 至 {last}）或时间（0:00 至 {time_text}）(&amp;F)</translation>
    </message>
    <message>
        <location filename="app/views/transport/go_to_frame.py"/>
        <source>Frame {frame}, at {time_text}</source>
        <translation>第 {frame} 帧，时间 {time_text}</translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py"/>
        <location filename="app/views/transport/transport_bar.py"/>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py"/>
        <source>How fast it plays; [ and ] change it</source>
        <translation>播放速度；用 [ 和 ] 调节</translation>
    </message>
    <message>
        <location filename="app/views/transport/transport_bar.py"/>
        <source>Frames are counted from 0; this video has {last:,}</source>
        <translation>帧从 0 开始计数；此视频有 {last:,} 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open video…</source>
        <translation>打开视频…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open a video to annotate</source>
        <translation>打开要标注的视频</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open folder of images…</source>
        <translation>打开图像文件夹…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open a folder whose images are the frames</source>
        <translation>打开一个文件夹，其中的图像即为各帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open a project file (.siamark)</source>
        <translation>打开项目文件（.siamark）</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/workspace/panel.py"/>
        <source>Open workspace…</source>
        <translation>打开工作区…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>A folder of videos: the progress of each, the next one to do, and exports of all</source>
        <translation>视频文件夹：各视频的进度、下一个视频，以及全部视频的导出</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next unfinished video</source>
        <translation>下一个未完成的视频</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Open the next video of the workspace that is not finished</source>
        <translation>打开工作区中下一个未完成的视频</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next film in this file</source>
        <translation>此文件中的下一段影片</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Some files hold several films, for example from several cameras; each has its own project</source>
        <translation>有些文件含有多个摄像机的多段影片；每段各有自己的项目</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Save project as…</source>
        <translation>项目另存为…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Every edit is saved at once; this continues the project in a file of your choice</source>
        <translation>每次编辑都会立即保存；此操作将项目放入您选择的文件</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Import tracks…</source>
        <translation>导入轨迹…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Read tracks from other programs; you see them before they are added</source>
        <translation>读取其他格式的轨迹；先显示，再决定是否采用</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Export tracks…</source>
        <translation>导出轨迹…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Write the tracks in a format that other programs read</source>
        <translation>将轨迹写成其他软件可读的格式</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>Correct box</source>
        <translation>修正框</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>Delete box</source>
        <translation>删除框</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/spans.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Delete boxes</source>
        <translation>删除框</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Mark as occluded</source>
        <translation>标为遮挡</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Mark as absent</source>
        <translation>标为不在画面</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source> of {changed} tracks</source>
        <translation>（{changed} 条轨迹）</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>Change {what}{of}</source>
        <translation>更改{what}{of}</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/document/commands.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Draw box</source>
        <translation>绘制框</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <source>Added to {track}. For a new track, click beside all boxes first, then draw.</source>
        <translation>已加到 {track}。若要新建轨迹，请先点击所有框以外的地方，再绘制。</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Draw a new box, even where another one is in the way</source>
        <translation>绘制新框，即使那里已有别的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete box in this frame</source>
        <translation>删除此帧的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove the selected track&apos;s box from this frame, or the boxes of the chosen span around it</source>
        <translation>从此帧删除所选轨迹的框；若此帧在所选区间内，则删除整个区间的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete up to here</source>
        <translation>删除到此处为止</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove the selected track&apos;s boxes from the beginning up to this frame</source>
        <translation>删除所选轨迹从开头到此帧的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete from here on</source>
        <translation>从此处起删除</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove the selected track&apos;s boxes from this frame to the end</source>
        <translation>删除所选轨迹从此帧到结尾的框</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Delete stale boxes</source>
        <translation>删除过时的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove the selected tracks&apos; boxes that a correction or a later run has overruled</source>
        <translation>删除所选轨迹中已被修正或后续运行取代的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track stale boxes again</source>
        <translation>重新跟踪过时的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the selected track again where a correction or a later run has overruled its boxes</source>
        <translation>在框已被修正或后续运行取代之处重新跟踪所选轨迹</translation>
    </message>
    <message>
        <location filename="app/controllers/editing.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Keep stale boxes</source>
        <translation>保留过时的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Make the selected tracks&apos; overruled boxes valid again</source>
        <translation>让所选轨迹中被取代的框重新有效</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Occluded</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Mark the target as partly hidden from here to the next keyframe, or take the mark back</source>
        <translation>从此处到下一个关键帧，目标部分被遮挡；或不再被遮挡</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Absent from here</source>
        <translation>从此处起不在画面</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>The target is not in the picture from here to the next keyframe; press again to take that back</source>
        <translation>从此处到下一个关键帧，目标不在画面中；再按一次可取消</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Tighten box</source>
        <translation>贴紧框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Let the network look once more and fit the selected track&apos;s box in this frame</source>
        <translation>让网络再看一次，使所选轨迹在此帧的框贴合目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Tighten boxes between keyframes</source>
        <translation>贴紧关键帧之间的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Tighten the boxes of the chosen span, or around this frame, that nobody has drawn or reviewed</source>
        <translation>让网络重新贴合所选区间或此帧附近既非人工绘制也未审查的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>More like this</source>
        <translation>查找相似目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Search the whole picture for what looks like the selected box</source>
        <translation>在整幅画面中查找与所选框相似的目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Find it again</source>
        <translation>重新找到目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Search the video for the selected target where its track has no box</source>
        <translation>在轨迹没有框的地方，从整个视频中查找所选目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Hide or show track</source>
        <translation>隐藏或显示轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Hide or show the selected tracks</source>
        <translation>隐藏或显示所选轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Solo</source>
        <translation>单独显示</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show only the selected tracks; press again to show what was shown before</source>
        <translation>只显示所选轨迹；再按一次恢复之前的显示</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Hide other tracks</source>
        <translation>隐藏其他轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show all tracks</source>
        <translation>显示所有轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Lock or unlock track</source>
        <translation>锁定或解锁轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Neither you nor a tracker can change a locked track</source>
        <translation>锁定的轨迹不会被任何人或跟踪器改变</translation>
    </message>
    <message>
        <location filename="app/controllers/arranging.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Duplicate track</source>
        <translation>复制轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Copy the selected track with all its boxes</source>
        <translation>所选轨迹及其全部框的副本</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Select next track</source>
        <translation>选择下一条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Select previous track</source>
        <translation>选择上一条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Select all tracks</source>
        <translation>选择所有轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete the selected tracks with all their boxes</source>
        <translation>删除所选轨迹及其全部框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Split track here</source>
        <translation>在此处拆分轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Move the selected track&apos;s boxes from this frame on into a new track</source>
        <translation>所选轨迹从此帧起的内容成为一条新轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Join two tracks</source>
        <translation>合并两条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>The other selected track becomes part of the active one</source>
        <translation>另一条所选轨迹并入当前轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Swap two tracks from here</source>
        <translation>从此处起互换两条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Exchange the boxes of two selected tracks from this frame on</source>
        <translation>从此帧起，两条所选轨迹互换各自的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label and colour…</source>
        <translation>标签与颜色…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Name the selected tracks</source>
        <translation>为所选轨迹命名</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Labels of the project…</source>
        <translation>项目的标签…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Rename, recolour, order and merge labels, delete those that no track has</source>
        <translation>重命名、更换颜色、排序、合并标签，删除没有轨迹使用的标签</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 1</source>
        <translation>标签 1</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 1 of the project</source>
        <translation>为所选轨迹赋予项目的标签 1</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 2</source>
        <translation>标签 2</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 2 of the project</source>
        <translation>为所选轨迹赋予项目的标签 2</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 3</source>
        <translation>标签 3</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 3 of the project</source>
        <translation>为所选轨迹赋予项目的标签 3</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 4</source>
        <translation>标签 4</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 4 of the project</source>
        <translation>为所选轨迹赋予项目的标签 4</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 5</source>
        <translation>标签 5</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 5 of the project</source>
        <translation>为所选轨迹赋予项目的标签 5</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 6</source>
        <translation>标签 6</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 6 of the project</source>
        <translation>为所选轨迹赋予项目的标签 6</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 7</source>
        <translation>标签 7</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 7 of the project</source>
        <translation>为所选轨迹赋予项目的标签 7</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 8</source>
        <translation>标签 8</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 8 of the project</source>
        <translation>为所选轨迹赋予项目的标签 8</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Label 9</source>
        <translation>标签 9</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Give the selected tracks label 9 of the project</source>
        <translation>为所选轨迹赋予项目的标签 9</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Begin span here</source>
        <translation>区间从此处开始</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Choose frames of the selected track from this one on</source>
        <translation>选择所选轨迹从此帧起的各帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>End span here</source>
        <translation>区间到此处结束</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Choose frames of the selected track up to this one</source>
        <translation>选择所选轨迹到此帧为止的各帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Choose whole track</source>
        <translation>选择整条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Choose no span</source>
        <translation>取消区间</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Mark span as right</source>
        <translation>将区间标为正确</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>You have looked at every box of the span, and all are right</source>
        <translation>您已看过区间内的每个框，且全部正确</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete span</source>
        <translation>删除区间</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove its boxes</source>
        <translation>删除其中的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Absent in span</source>
        <translation>区间内不在画面</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>The target is not in the picture there</source>
        <translation>目标在那里不在画面中</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Occluded in span</source>
        <translation>区间内遮挡</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Mark the target as partly hidden there, or take the mark back</source>
        <translation>目标在那里部分被遮挡，或不再被遮挡</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track span again</source>
        <translation>重新跟踪区间</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the target again from the first box of the span</source>
        <translation>从区间的第一个框起重新跟踪目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Interpolate span by lines</source>
        <translation>对区间线性插值</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Straight lines between the boxes that a person has drawn or reviewed</source>
        <translation>在人工绘制或认可的框之间连成直线</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Interpolate span by a smooth curve</source>
        <translation>对区间曲线插值</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>A curve through the boxes that a person has drawn or reviewed</source>
        <translation>穿过人工绘制或审查过的框的平滑曲线</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Simplify span to keyframes…</source>
        <translation>将区间简化为关键帧…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Keep only the boxes that lines between the others cannot replace</source>
        <translation>只保留连线所需的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Smooth jitter in span</source>
        <translation>平滑区间内的抖动</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Remove jitter from the tracker&apos;s boxes</source>
        <translation>消除跟踪器所得框的抖动</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Copy span to another track…</source>
        <translation>将区间复制到另一条轨迹…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Copy the boxes of the span to another track or a new one</source>
        <translation>将区间内的内容给另一条轨迹或新轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track forward</source>
        <translation>向前跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the selected tracks from this frame to their next keyframe, or to the end</source>
        <translation>从此帧向前跟踪所选轨迹，到下一个关键帧或结尾</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track backward</source>
        <translation>向后跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the selected tracks from this frame back to their previous keyframe, or to the beginning</source>
        <translation>从此帧向后跟踪所选轨迹，到上一个关键帧或开头</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Pause or resume tracking</source>
        <translation>暂停或继续跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Stop tracking</source>
        <translation>停止跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Stop looking</source>
        <translation>停止查找</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Stop the search or the tightening that is running</source>
        <translation>停止正在进行的查找或贴合</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Stop looking through the video</source>
        <translation>停止在视频中查找</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Stop the search for the target; what was found stays</source>
        <translation>停止查找目标；已找到的会保留</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Learn from this project…</source>
        <translation>从此项目学习…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Stop learning</source>
        <translation>停止学习</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Stop learning and discard the result</source>
        <translation>停止学习，不保留任何结果</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>List, add and remove models</source>
        <translation>列出、添加和移除用于跟踪的模型</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next doubt</source>
        <translation>下一个疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>To the next box that may be wrong</source>
        <translation>前往下一个可能有误的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous doubt</source>
        <translation>上一个疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Back to the previous doubt</source>
        <translation>返回上一个疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Where to draw next</source>
        <translation>接下来该画的位置</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>To the frame where a new box would help most</source>
        <translation>前往画一个框最能解决问题的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Play to the next doubt</source>
        <translation>播放到下一个疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Fast where the tracker is sure, slowly where it is not; stops at each doubt</source>
        <translation>跟踪器确信处快放，不确信处慢放；在每个疑点停下</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Right, and on to the next</source>
        <translation>正确，前往下一个</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Join: both are one object</source>
        <translation>合并：两者是同一目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Where one track ends and another begins: the second becomes part of the first</source>
        <translation>一条轨迹结束、另一条开始之处：后者并入前者</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Swap: they go on as each other</source>
        <translation>互换：两者互相接续</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Where two tracks cross: exchange their boxes from here on</source>
        <translation>两条轨迹交叉之处：从此处起互换各自的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Interpolate the doubtful span</source>
        <translation>对可疑区间插值</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Replace its boxes by a line between the boxes on both sides</source>
        <translation>在两侧的框之间连成直线，覆盖可疑区间</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Correct by drawing</source>
        <translation>通过绘制修正</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Draw the right box in place of the selected one</source>
        <translation>绘制正确的框以替换所选框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Certify…</source>
        <translation>抽检…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Drawn box is right</source>
        <translation>抽取的框正确</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>The framed box overlaps its target as asked</source>
        <translation>当前的框与目标的重叠度达到要求</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Drawn box is wrong</source>
        <translation>抽取的框错误</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>The framed box does not overlap its target as asked; it becomes a doubt</source>
        <translation>当前的框与目标的重叠度未达到要求；它将成为疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>All drawn boxes on show are right</source>
        <translation>显示的抽取框全部正确</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Every shown box without an answer overlaps its target as asked</source>
        <translation>显示的框中尚未判断的，与目标的重叠度都达到要求</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Draw other boxes for the certificate</source>
        <translation>为抽检证书重新抽取框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Start a new certificate with other boxes</source>
        <translation>用另一批框重新开始抽检</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Play slower</source>
        <translation>减慢播放</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Play faster</source>
        <translation>加快播放</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long step back</source>
        <translation>后退一大步</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long step on</source>
        <translation>前进一大步</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous keyframe</source>
        <translation>上一个关键帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>To the previous drawn box of the selected track, or of all. If the question is whether two tracks have swapped: swap them</source>
        <translation>前往所选轨迹（或所有轨迹）之前绘制的框。若正在询问两条轨迹是否互换：互换它们</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next keyframe</source>
        <translation>下一个关键帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>To the next drawn box of the selected track, or of all</source>
        <translation>前往所选轨迹（或所有轨迹）之后绘制的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Go to frame or time…</source>
        <translation>转到帧或时间…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Fit picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show the whole picture</source>
        <translation>显示整幅画面</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>One screen pixel for each pixel of the video</source>
        <translation>视频的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Contrast of deep pictures…</source>
        <translation>高位深图像的对比度…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Set which values are black and white in pictures with more than 8 bits</source>
        <translation>超过 8 位的图像中哪些值为黑、哪些值为白</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Score map on the video</source>
        <translation>在视频上显示得分图</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show the score map that decided over the video</source>
        <translation>将决策所用的得分图叠加到视频上</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Commands…</source>
        <translation>命令…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Find any command by a few letters of its name</source>
        <translation>输入名称中的几个字即可找到任何操作</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>All keys, and how to change them</source>
        <translation>全部按键，以及如何更改操作的按键</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Box by numbers…</source>
        <translation>用数值设置框…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Enter left, top, width and height of the selected box</source>
        <translation>输入所选框的左、上、宽、高</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Leave a note on the selected track at this frame, or on the frame</source>
        <translation>在此帧为所选轨迹或为此帧添加备注</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next note</source>
        <translation>下一条备注</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous note</source>
        <translation>上一条备注</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next frame with a box</source>
        <translation>下一个有框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Of the selected track</source>
        <translation>针对所选轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous frame with a box</source>
        <translation>上一个有框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next frame without a box</source>
        <translation>下一个没有框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous frame without a box</source>
        <translation>上一个没有框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>First frame of the track</source>
        <translation>轨迹的第一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Last frame of the track</source>
        <translation>轨迹的最后一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Middle of two keyframes</source>
        <translation>两个关键帧的中点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Halfway between the keyframes around this frame</source>
        <translation>此帧前后两个关键帧的正中</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 1 frame</source>
        <translation>一大步为 1 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 2 frames</source>
        <translation>一大步为 2 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 5 frames</source>
        <translation>一大步为 5 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 10 frames</source>
        <translation>一大步为 10 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 20 frames</source>
        <translation>一大步为 20 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 50 frames</source>
        <translation>一大步为 50 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 100 frames</source>
        <translation>一大步为 100 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 200 frames</source>
        <translation>一大步为 200 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Long steps of 500 frames</source>
        <translation>一大步为 500 帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Brightness and contrast…</source>
        <translation>亮度与对比度…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Change only what you see; trackers get the frames as they are</source>
        <translation>只影响您看到的画面；跟踪器得到的帧保持原样</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Trails</source>
        <translation>拖尾</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show where the selected targets come from and go to</source>
        <translation>所选目标从哪里来、到哪里去</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Camera follows the target</source>
        <translation>镜头跟随目标</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Keep the selected target in the middle of the view</source>
        <translation>使所选目标保持在视图中央</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Span</source>
        <translation>区间</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <location filename="app/views/tracking/run_dialog.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Track</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>all {tracks} that are not locked</source>
        <translation>全部未锁定的 {tracks}</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>forward</source>
        <translation>向前</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>backward</source>
        <translation>向后</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>both ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>the next &amp;keyframe of each track</source>
        <translation>各轨迹的下一个关键帧(&amp;K)</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>the &amp;end of the video, through all keyframes</source>
        <translation>视频末尾，经过所有关键帧(&amp;E)</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>so &amp;many frames:</source>
        <translation>若干帧(&amp;M)：</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>the &amp;frame:</source>
        <translation>指定帧(&amp;F)：</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>&amp;Tracks</source>
        <translation>轨迹(&amp;T)</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>&amp;Direction</source>
        <translation>方向(&amp;D)</translation>
    </message>
    <message>
        <location filename="app/views/tracking/run_dialog.py"/>
        <source>As far as</source>
        <translation>跟踪到</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Right up to here</source>
        <translation>到此为止都正确</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Every box from the last drawn one up to this frame is right; later corrections keep them</source>
        <translation>从上一个绘制的框到本帧的框都正确：之后的修正不再改动它们</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Attributes of the track</source>
        <translation>轨迹的属性</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Attributes of the selected tracks at this frame, in their panel</source>
        <translation>在属性面板中查看和填写所选轨迹在此帧的属性</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Attributes that tracks of this project have: texts, numbers, choices, yes or no</source>
        <translation>项目要求轨迹填写的内容：文本、数字、选项、是或否</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Link detections…</source>
        <translation>连接检测框…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Make tracks from imported detections that overlap from frame to frame</source>
        <translation>把文件中逐帧重叠的检测框连成轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete detections here</source>
        <translation>删除此帧的检测框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete the ghosts of this frame</source>
        <translation>删除此帧的虚框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete all detections</source>
        <translation>删除所有检测框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Delete all ghosts of imported detections</source>
        <translation>删除导入的检测框的全部虚框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next frame with detections</source>
        <translation>下一个有检测框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Previous frame with detections</source>
        <translation>上一个有检测框的帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Detections</source>
        <translation>检测框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show imported detections as ghosts; while they are hidden, Enter ignores them</source>
        <translation>把导入的检测框显示为虚框；隐藏时回车键不处理它们</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Tour of Siamark</source>
        <translation>Siamark 导览</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Do the whole job once on a short clip, step by step; your own project is kept</source>
        <translation>在一段短片上按提示一步步做完一遍；您自己的项目会保留</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next step of the tour</source>
        <translation>导览的下一步</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Rename in the list</source>
        <translation>在列表中重命名</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Type another label into the row of the active track</source>
        <translation>在当前轨迹的行中输入另一个标签</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Many doubts at once</source>
        <translation>同时查看多个疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Show doubts side by side, each playing its boxes: Enter says that all are right, a click goes to a wrong one</source>
        <translation>并排显示各疑点并循环播放其中的框：按 Enter 表示全部正确，单击则转到错误的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>What you see here is right, and so are all frames of its doubt: mark them as reviewed and go on</source>
        <translation>此处显示的是正确的，该疑点的所有帧也都正确：标为已审查并继续</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Earlier states…</source>
        <translation>较早的状态…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Go back to the project as it was one of the last five times that it was opened</source>
        <translation>回到项目最近五次打开时的某个状态</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track both ways</source>
        <translation>双向跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the selected tracks forward and backward, to the keyframes on both sides</source>
        <translation>向前和向后跟踪所选轨迹，直到两侧的关键帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track through all keyframes</source>
        <translation>跟踪并经过所有关键帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow the selected tracks to the end of the video; between two keyframes from both sides</source>
        <translation>跟踪所选轨迹直到视频末尾；两个关键帧之间从两侧跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track all tracks</source>
        <translation>跟踪全部轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Follow all tracks that are not locked forward, in one pass</source>
        <translation>一次向前跟踪所有未锁定的轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Choose tracks, direction and how far: so many frames, or to a frame</source>
        <translation>选择轨迹、方向和范围：若干帧，或到某一帧</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Track as chosen…</source>
        <translation>按选择跟踪…</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Next proposed box</source>
        <translation>下一个建议框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>To a box of the last run that differs from a reviewed one</source>
        <translation>转到上次跟踪中与已审核框不同的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Take proposed boxes</source>
        <translation>采用建议框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Replace reviewed boxes by what the last run says, in the chosen span or everywhere</source>
        <translation>用上次跟踪的结果替换已审核的框：所选区间内或全部</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Drop proposed boxes</source>
        <translation>放弃建议框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Keep all reviewed boxes</source>
        <translation>保留所有已审核的框</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Undo {step}</source>
        <translation>撤销：{step}</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Redo {step}</source>
        <translation>重做：{step}</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Leave the certificate</source>
        <translation>退出抽检</translation>
    </message>
    <message>
        <location filename="app/views/window/actions.py"/>
        <source>Go on with the certificate</source>
        <translation>继续抽检</translation>
    </message>
    <message>
        <location filename="app/views/window/context_menus.py"/>
        <source>{name}, frames {first} to {last} ({frames})</source>
        <translation>{name}，第 {first} 至 {last} 帧（{frames}）</translation>
    </message>
    <message>
        <location filename="app/views/attributes/presenter.py"/>
        <location filename="app/views/window/context_menus.py"/>
        <source>{name} and {others} more</source>
        <translation>{name} 及另外 {others} 条</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Videos (*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv *.flv)</source>
        <translation>视频 (*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv *.flv)</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Siamark projects (*.siamark)</source>
        <translation>Siamark 项目 (*.siamark)</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>This video was saved as {named}; you go on there.</source>
        <translation>此视频的项目已另存为 {named}；您将在那里继续。</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Reading through the video once, to know every frame: {done:.0%}</source>
        <translation>正在通读视频以确认每一帧：{done:.0%}</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Open video</source>
        <translation>打开视频</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Open folder of images</source>
        <translation>打开图像文件夹</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Save project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Where is {video} now?</source>
        <translation>{video} 现在在哪里？</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Use this</source>
        <translation>使用此项</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>{video} is not there any more. Show where it is now, and {project} goes on with it.</source>
        <translation>{video} 已不在原处。请指出它现在的位置，{project} 将用它继续。</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>{reason}

If you know that it is the right one, {project} can go on with it.</source>
        <translation>{reason}

如果您确定它是正确的视频，{project} 可以用它继续。</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <location filename="app/views/window/files.py"/>
        <source>Go on with it</source>
        <translation>用它继续</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Do not open</source>
        <translation>不打开</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>{reason}

What can still be read of it can be put into a new project beside it. The damaged file stays as it is.</source>
        <translation>{reason}

其中仍可读取的内容可以放入旁边的新项目。损坏的文件保持原样。</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Leave it</source>
        <translation>不处理</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>A copy of this video was annotated before. Its project can be opened in place of this new one.</source>
        <translation>此视频的一个副本曾被标注过。可以打开它的项目以代替这个新项目。</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>Open its project</source>
        <translation>打开它的项目</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <location filename="app/views/window/files.py"/>
        <source>Begin again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <location filename="app/views/window/files.py"/>
        <source>{name} has {frame_count} frames now; when it was annotated it had {earlier_count}. The project with its {tracks} is {path}.

It can go on if the frames from the first on are still the same: every box keeps its frame number.</source>
        <translation>{name} 现有 {frame_count} 帧；标注时为 {earlier_count} 帧。含 {tracks}的项目为 {path}。

如果从第一帧起的各帧仍与原来相同，项目可以继续：每个框保持其帧号。</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Draw a box</source>
        <translation>绘制框</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Select; add to the selection</source>
        <translation>选择；加入选择</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Click; Ctrl+click</source>
        <translation>单击；Ctrl+单击</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Move or resize the selected box</source>
        <translation>移动或缩放所选框</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Drag it or a handle</source>
        <translation>拖动框或其控制点</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Nudge the selected box by 1 or 10 pixels</source>
        <translation>将所选框微移 1 或 10 像素</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Arrows; Shift+arrows</source>
        <translation>方向键；Shift+方向键</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Make the selected box larger or smaller by 1 or 10 pixels</source>
        <translation>将所选框放大或缩小 1 或 10 像素</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Ctrl+arrows; Ctrl+Shift+arrows</source>
        <translation>Ctrl+方向键；Ctrl+Shift+方向键</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Hide all boxes while it is held</source>
        <translation>按住时隐藏所有框</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Mouse wheel</source>
        <translation>鼠标滚轮</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Middle button, or Space and drag</source>
        <translation>中键，或按住空格拖动</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Double click beside all boxes</source>
        <translation>双击所有框以外的地方</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Go to a frame; select the track</source>
        <translation>转到帧；选择轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Click</source>
        <translation>单击</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Choose a span of a track</source>
        <translation>选择轨迹的区间</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Drag along its row, or Shift+click</source>
        <translation>沿其所在行拖动，或 Shift+单击</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Scrub</source>
        <translation>拖动浏览</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Drag in the ruler or the score</source>
        <translation>在标尺或得分区拖动</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Zoom; pan</source>
        <translation>缩放；平移</translation>
    </message>
    <message>
        <location filename="app/views/window/fixed_keys.py"/>
        <source>Mouse wheel; Shift+wheel</source>
        <translation>鼠标滚轮；Shift+滚轮</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Reject the candidate</source>
        <translation>拒绝候选</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>This is something else: it leaves the queue, and no box changes</source>
        <translation>这是别的目标：它离开队列，框不变</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Keep this label</source>
        <translation>保留此标签</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>All on show are right</source>
        <translation>显示的全部正确</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Accept the candidate</source>
        <translation>接受候选</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Take all look-alikes</source>
        <translation>采用所有相似目标</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Take all detections here</source>
        <translation>接受此帧的全部检测框</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>The new box has the label that its field shows; Tab goes there to change it</source>
        <translation>新框使用其输入栏中显示的标签；按 Tab 可进入修改</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Every box that is shown here is right: mark them as reviewed and show the next doubts</source>
        <translation>这里显示的每个框都正确：标记为已审核并显示后面的疑点</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>The target is here: the box becomes a keyframe and is tracked from here</source>
        <translation>目标就在这里：此框成为关键帧，并从这里开始跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Every shown look-alike becomes a track</source>
        <translation>显示的每一个都成为一条轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>The ghosts of this frame become boxes: they continue tracks or start new ones</source>
        <translation>此帧的虚框成为框：能接续轨迹的归入该轨迹，其余成为新轨迹</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Do not track again</source>
        <translation>不重新跟踪</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Stop drawing</source>
        <translation>停止绘制</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Take no look-alike</source>
        <translation>不采用相似目标</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Show the list of doubts</source>
        <translation>显示疑点列表</translation>
    </message>
    <message>
        <location filename="app/views/window/keys_in_context.py"/>
        <source>Draw something else</source>
        <translation>绘制其他目标</translation>
    </message>
    <message>
        <location filename="app/views/window/menus.py"/>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <location filename="app/views/window/recent_menu.py"/>
        <source>Open recent</source>
        <translation>最近打开的</translation>
    </message>
    <message>
        <location filename="app/views/window/status.py"/>
        <source>cache {used:.1f} of {allowed:.1f} GB</source>
        <translation>缓存 {used:.1f} / {allowed:.1f} GB</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Export the workspace</source>
        <translation>导出工作区</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>All {videos} that have a project</source>
        <translation>全部有项目的 {videos}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/export_dialog.py"/>
        <location filename="app/views/workspace/presenter.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>{n} videos</source>
        <translation>
            <numerusform>{n} 个视频</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>The {videos} chosen in the list</source>
        <translation>列表中选择的 {videos}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Only boxes that a person has drawn or reviewed</source>
        <translation>仅人工绘制或已审查的框</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>One data set of all videos, with unique ids</source>
        <translation>全部视频合为一个数据集，编号唯一</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>COCO and YOLO; else each video gets a folder of its own</source>
        <translation>COCO 和 YOLO；否则每个视频各有一个文件夹</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Split by video</source>
        <translation>按视频划分</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>seed </source>
        <translation>种子 </translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>The same seed gives the same split again</source>
        <translation>相同的种子得到相同的划分</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>{doubts} left in these videos: review them first?</source>
        <translation>这些视频还有 {doubts}：要先审查吗？</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>New folder</source>
        <translation>新文件夹</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>{videos} written: {boxes} of {tracks}.</source>
        <translation>已写出 {videos}：{tracks}的 {boxes}。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source> Split: {parts}.</source>
        <translation>划分：{parts}。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>And {more} more that could not be written.</source>
        <translation>另有 {more} 个无法写出。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>• And {more} more notes; the command export-all shows all.</source>
        <translation>• 另有 {more} 条说明；命令 export-all 会全部显示。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/export_dialog.py"/>
        <source>Export into</source>
        <translation>导出到</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>File &gt; Open workspace shows the videos of a folder here: the progress of each, and the next to do.</source>
        <translation>“文件 &gt; 打开工作区”可在此显示一个文件夹中的视频：各自的进度，以及下一个是哪个。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Filter by name or label</source>
        <translation>按名称或标签筛选</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Filter videos</source>
        <translation>筛选视频</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Which videos</source>
        <translation>显示哪些视频</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Order of videos</source>
        <translation>视频的顺序</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Statistics…</source>
        <translation>统计…</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Read the folder again</source>
        <translation>重新查看文件夹</translation>
    </message>
    <message>
        <location filename="app/views/workspace/panel.py"/>
        <source>Export the chosen videos, or all of them</source>
        <translation>导出所选视频或全部视频</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>No other video of the list is unfinished.</source>
        <translation>列表中没有其他未完成的视频。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>{finished} of {videos} finished</source>
        <translation>已完成 {finished} / {videos}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>looking at video {known} of {entries}</source>
        <translation>正在查看视频 {known} / {entries}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>looking</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <location filename="app/views/workspace/presenter.py"/>
        <source>There are no videos and no folders of images in it.</source>
        <translation>其中没有视频，也没有图像文件夹。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>Statistics of the workspace</source>
        <translation>工作区统计</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>Boxes by label</source>
        <translation>各标签的框数</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>Boxes by video</source>
        <translation>各视频的框数</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>Size of boxes (root of the area, pixels)</source>
        <translation>框的大小（面积的平方根，像素）</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>Length of tracks (frames with a box)</source>
        <translation>轨迹的长度（有框的帧数）</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>{boxes} of {tracks} in {videos}; {reviewed} reviewed, {doubts} left.</source>
        <translation>{videos}中 {tracks}的 {boxes}；已审查 {reviewed}，剩余 {doubts}。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source> {videos} could not be counted.</source>
        <translation>{videos}无法统计。</translation>
    </message>
    <message>
        <location filename="app/views/workspace/statistics_dialog.py"/>
        <source>{rest} more</source>
        <translation>另外 {rest} 个</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Most doubts first</source>
        <translation>疑点最多的在前</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Least reviewed first</source>
        <translation>审查最少的在前</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Longest first</source>
        <translation>最长的在前</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Last opened first</source>
        <translation>最近打开的在前</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{share} reviewed</source>
        <translation>已审查 {share}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{doubts} left, {reviewed}</source>
        <translation>剩余 {doubts}，{reviewed}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>today {moment:%H:%M}</source>
        <translation>今天 {moment:%H:%M}</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{moment.day} {moment:%b}</source>
        <translation>{moment.month}月{moment.day}日</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>{moment.day} {moment:%b} {moment.year}</source>
        <translation>{moment.year}年{moment.month}月{moment.day}日</translation>
    </message>
    <message>
        <location filename="app/views/workspace/video_list.py"/>
        <source>Videos of the workspace</source>
        <translation>工作区的视频</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} has no box on frame {frame} to mark as occluded.</source>
        <oldsource>Track {id} has no box on frame {frame} that could be hidden.</oldsource>
        <translation>轨迹 {id} 在第 {frame} 帧没有可标为遮挡的框。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} has no box on frame {frame} or before it.</source>
        <translation>轨迹 {id} 在第 {frame} 帧及之前没有框。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} is absent here since frame {since}; take that back there.</source>
        <translation>轨迹 {id} 从第 {since} 帧起不在画面；请到那里取消。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <location filename="app/assist/tightening.py"/>
        <source>Track {id} has no box on frame {frame}.</source>
        <translation>轨迹 {id} 在第 {frame} 帧没有框。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} is absent here since frame {before}; delete that mark there.</source>
        <translation>轨迹 {id} 从第 {before} 帧起不在画面；请到那里删除该标记。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} has no box from frame {first} to {last}.</source>
        <translation>轨迹 {id} 从第 {first} 至 {last} 帧没有框。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} has no stale box.</source>
        <translation>轨迹 {id} 没有过时的框。</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>to the end</source>
        <translation>直到结尾</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>up to the keyframe on {ahead}</source>
        <translation>直到第 {ahead} 帧的关键帧</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>1 box of the tracker is</source>
        <translation>跟踪器的 1 个框</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>{gone} boxes of the tracker are</source>
        <translation>跟踪器的 {gone} 个框</translation>
    </message>
    <message>
        <location filename="app/assist/box_edits.py"/>
        <source>Track {id} is absent from frame {frame} {until}; {boxes} gone.</source>
        <translation>轨迹 {id} 从第 {frame} 帧起不在画面，{until}；删去 {boxes}。</translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py"/>
        <source>Track {id} has no box to search for.</source>
        <oldsource>Track {id} has no box to be looked for.</oldsource>
        <translation>轨迹 {id} 没有可供查找的框。</translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py"/>
        <source>Track {id} has a box up to the last frame; there are no frames to search.</source>
        <oldsource>Track {id} has a box up to the last frame; there is nowhere to look for it.</oldsource>
        <translation>轨迹 {id} 直到最后一帧都有框；没有可查找的帧。</translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py"/>
        <location filename="app/assist/tightening.py"/>
        <source>Track {id} has no clear keyframe that shows its target; draw one.</source>
        <translation>轨迹 {id} 没有清楚显示目标的关键帧；请绘制一个。</translation>
    </message>
    <message>
        <location filename="app/assist/find_again.py"/>
        <source>may be seen here again</source>
        <translation>可能在这里再次出现</translation>
    </message>
    <message>
        <location filename="app/assist/identity.py"/>
        <source>may be #{one} again</source>
        <oldsource>may be #{one} going on</oldsource>
        <translation>可能又是 #{one}</translation>
    </message>
    <message>
        <location filename="app/assist/identity.py"/>
        <source>may have swapped with #{one}</source>
        <translation>可能与 #{one} 互换了</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>reading {teaching} boxes</source>
        <translation>正在读取 {teaching} 个框</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>learning from {teaching} boxes</source>
        <translation>正在从 {teaching} 个框学习</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>comparing on {held_back_boxes}</source>
        <translation>正在用 {held_back_boxes}比较</translation>
    </message>
    <message numerus="yes">
        <location filename="app/assist/learning.py"/>
        <location filename="app/assist/learning.py"/>
        <source>{n} held-back boxes</source>
        <translation>
            <numerusform>{n} 个留出的框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>On {held_back_boxes} the learnt tracker overlaps </source>
        <translation>在 {held_back_boxes}上，学得的跟踪器的重叠度</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>{after:.2f} on average, {name} {before:.2f}</source>
        <translation>平均为 {after:.2f}，{name} 为 {before:.2f}</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>{numbers}, but it lost its target more often, so nothing was kept.</source>
        <translation>{numbers}，但它丢失目标更频繁，因此没有保留。</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>{numbers}: that may be luck, so nothing was kept.</source>
        <translation>{numbers}：这可能是偶然，因此没有保留。</translation>
    </message>
    <message>
        <location filename="app/assist/learning.py"/>
        <source>{numbers}: no better, so nothing was kept.</source>
        <translation>{numbers}：没有更好，因此没有保留。</translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py"/>
        <source>Learning needs at least {least_keyframes} boxes that you drew or corrected, in full view; this project has {keyframes}.</source>
        <translation>学习至少需要 {least_keyframes} 个您绘制或修正的、完全可见的框；此项目有 {keyframes} 个。</translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py"/>
        <source>The {keyframes} boxes that you drew lie too close together in time, or too far apart, to tell whether a tracker has learnt from them; correct boxes in more places of the video.</source>
        <translation>您绘制的 {keyframes} 个框在时间上过于集中或过于分散，无法判断跟踪器是否从中学到了东西；请在视频的更多位置修正框。</translation>
    </message>
    <message>
        <location filename="app/assist/learning_plan.py"/>
        <source>{model} is a {title}, used as it was published; choose another tracker to teach.</source>
        <translation>{model} 属于 {title}，按发布时的原样使用；请选择另一个跟踪器来学习。</translation>
    </message>
    <message>
        <location filename="app/assist/look_alikes.py"/>
        <source>This box cannot be searched for: {error}.</source>
        <oldsource>This box cannot be looked for: {error}.</oldsource>
        <translation>无法查找此框：{error}。</translation>
    </message>
    <message>
        <location filename="app/assist/look_alikes.py"/>
        <source>{tracker} cannot search a whole picture; choose another tracker.</source>
        <translation>{tracker} 无法搜索整幅画面；请选择另一个跟踪器。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>The box of track {id} on frame {place} is outside the picture; move it first.</source>
        <translation>轨迹 {id} 在第 {place} 帧的框在画面之外；请先移动它。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>The box of track {id} on frame {place} is far larger than the picture; draw it again.</source>
        <translation>轨迹 {id} 在第 {place} 帧的框远大于画面；请重新绘制。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Every box drawn of track {id} is marked as occluded; draw one where the target is fully visible.</source>
        <oldsource>Every box drawn of track {id} is marked as occluded; draw one where the target is in clear view.</oldsource>
        <translation>轨迹 {id} 绘制的框都标为遮挡；请在目标完全可见处绘制一个。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} is absent on frame {frame}; draw its box there first.</source>
        <translation>轨迹 {id} 在第 {frame} 帧不在画面；请先在那里绘制它的框。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <location filename="app/controllers/seeking.py"/>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <location filename="app/controllers/seeking.py"/>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} has no box on frame {frame} or {side} it; draw one there first.</source>
        <translation>轨迹 {id} 在第 {frame} 帧及其{side}没有框；请先在那里绘制一个。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} has no box on frame {frame}; draw one there first.</source>
        <translation>轨迹 {id} 在第 {frame} 帧没有框；请先在那里绘制一个。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} has a keyframe on frame {frame} already, so there is nothing to track.</source>
        <translation>轨迹 {id} 在第 {frame} 帧已有关键帧，因此没有可跟踪的内容。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} has a box on frame {frame} already; choose another frame.</source>
        <translation>轨迹 {id} 在第 {frame} 帧已有框；请选择另一帧。</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>beginning</source>
        <translation>开头</translation>
    </message>
    <message>
        <location filename="app/assist/run_plan.py"/>
        <source>Track {id} is at the {end} of the video already.</source>
        <translation>轨迹 {id} 已在视频的{end}。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} has no unreviewed box of the tracker from frame {first} to {last}.</source>
        <translation>轨迹 {id} 从第 {first} 至 {last} 帧没有未审查的跟踪框。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} has gaps from frame {first} to {last}; fill them first.</source>
        <translation>轨迹 {id} 从第 {first} 至 {last} 帧有缺口；请先填补。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} needs every box from frame {first} to {last}.</source>
        <translation>轨迹 {id} 从第 {first} 至 {last} 帧的每个框都需要。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} shows nothing from frame {first} to {last}.</source>
        <translation>轨迹 {id} 从第 {first} 至 {last} 帧没有内容。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Choose a span of at least three frames.</source>
        <translation>请选择至少三帧的区间。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} has no box on frame {frame}; the span must begin and end with one.</source>
        <translation>轨迹 {id} 在第 {frame} 帧没有框；区间必须以框开始并以框结束。</translation>
    </message>
    <message>
        <location filename="app/assist/span_edits.py"/>
        <source>Track {id} is absent on frame {absent}; choose a span without that.</source>
        <translation>轨迹 {id} 在第 {absent} 帧不在画面；请选择不含该处的区间。</translation>
    </message>
    <message>
        <location filename="app/assist/tightening.py"/>
        <source>{tracker} cannot tighten boxes; choose another tracker.</source>
        <oldsource>{tracker} cannot look at a box again; choose another tracker.</oldsource>
        <translation>{tracker} 无法贴紧框；请选择另一个跟踪器。</translation>
    </message>
    <message>
        <location filename="app/assist/track_edits.py"/>
        <source>Track {id} has nothing to split off on frame {frame}.</source>
        <translation>轨迹 {id} 在第 {frame} 帧没有可拆分的内容。</translation>
    </message>
    <message>
        <location filename="app/assist/track_edits.py"/>
        <source>Neither track {id} nor track {id2} has a box from frame {frame} on.</source>
        <translation>轨迹 {id} 和轨迹 {id2} 从第 {frame} 帧起都没有框。</translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py"/>
        <source>There are no boxes to certify yet: draw and track something first.</source>
        <translation>还没有可抽检的框：请先绘制并跟踪。</translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py"/>
        <source>You can continue the certificate at any time: {unfinished}.</source>
        <translation>您可以随时继续抽检：{unfinished}。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/certificate.py"/>
        <source>{n} boxes cannot be called right: their frames cannot be read. Call them wrong to continue.</source>
        <translation>
            <numerusform>{n} 个框无法判为正确，因为其帧无法读取。请判为错误以继续。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py"/>
        <source>One moment: the picture is still being read.</source>
        <translation>请稍候：图像仍在读取。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/certificate.py"/>
        <source>{n} boxes of {box_count:,} were drawn. Say of each whether it is right.</source>
        <translation>
            <numerusform>从 {box_count:,} 个框中抽取了 {n} 个。请逐个判断是否正确。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/certificate.py"/>
        <source>No boxes could be drawn: {error}.</source>
        <translation>无法抽取框：{error}。</translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>looking for #{active}</source>
        <translation>正在查找 #{active}</translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>Found again</source>
        <translation>再次找到</translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>#{id} has a keyframe here. When the current run has ended, press T to track it.</source>
        <oldsource>#{id} has a keyframe here. Track it (T) when the run that goes on has ended.</oldsource>
        <translation>#{id} 在此处有了关键帧。当前的运行结束后，按 T 跟踪它。</translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>{places} where #{track_id} may be back: N goes there.</source>
        <oldsource>{places} where #{track_id} may be seen again: N goes there.</oldsource>
        <translation>找到 {places}可能再次出现 #{track_id}：按 N 前往。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/find_again.py"/>
        <source>{n} places</source>
        <translation>
            <numerusform>{n} 处</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>#{track_id} was not found again.</source>
        <translation>没有再次找到 #{track_id}。</translation>
    </message>
    <message>
        <location filename="app/controllers/find_again.py"/>
        <source>Is this #{track_id}? Enter: yes, track it from here. X: no. N: decide later.</source>
        <translation>这是 #{track_id} 吗？回车：是，从这里跟踪。X：不是。N：稍后决定。</translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py"/>
        <source>The frames are still being counted; your edit of frame {frame} follows in a moment.</source>
        <oldsource>The frames are still being counted: your edit of frame {frame} is kept, and done in a moment.</oldsource>
        <translation>帧仍在计数；您对第 {frame} 帧的编辑稍后完成。</translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py"/>
        <source>{done:.0%} of the frames are counted; your edit of frame {frame} follows.</source>
        <translation>已计数 {done:.0%} 的帧；您对第 {frame} 帧的编辑随后完成。</translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py"/>
        <source>Frame {frame} is counted; your edit is done.</source>
        <translation>第 {frame} 帧已计数；您的编辑已完成。</translation>
    </message>
    <message>
        <location filename="app/controllers/held_edits.py"/>
        <source>What you did in frame {which} was not kept: the frames had not been counted so far, and their numbers may be others now. Look there, and do it again.</source>
        <translation>您在第 {which} 帧所做的编辑没有保留：当时帧尚未计数，帧号可能已变。请到那里查看并重做。</translation>
    </message>
    <message>
        <location filename="app/controllers/identity.py"/>
        <source>There is no question about two tracks here. N goes to the next doubt.</source>
        <oldsource>No two tracks are asked about here. N goes to the next doubt.</oldsource>
        <translation>此处没有关于两条轨迹的问题。按 N 前往下一个疑点。</translation>
    </message>
    <message>
        <location filename="app/controllers/identity.py"/>
        <source>Tracks could not be compared: {sentence}</source>
        <translation>无法比较轨迹：{sentence}</translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py"/>
        <source>writing track {done:,} of {tracks:,}</source>
        <translation>正在写入轨迹 {done:,} / {tracks:,}</translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py"/>
        <source>writing {detections}</source>
        <translation>正在写入{detections}</translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py"/>
        <source>The project was closed meanwhile. Its file holds the imported detections.</source>
        <translation>项目已在此期间关闭。导入的检测框已保存在其文件中。</translation>
    </message>
    <message>
        <location filename="app/controllers/importing.py"/>
        <source>The project was closed meanwhile. Its file holds the imported tracks.</source>
        <translation>项目已在此期间关闭。导入的轨迹在其文件中。</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>There is no label {number} yet; the project has {labels}.</source>
        <translation>还没有标签 {number}；项目有 {labels}。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py"/>
        <source>{n} labels</source>
        <translation>
            <numerusform>{n} 个标签</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <location filename="app/document/commands.py"/>
        <source>Add label</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>Rename label</source>
        <translation>重命名标签</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <location filename="app/document/commands.py"/>
        <source>Change label colour</source>
        <translation>更改标签颜色</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py"/>
        <source>{n} tracks have this colour too.</source>
        <oldsource>{n} tracks have that colour too.</oldsource>
        <translation>
            <numerusform>另有 {n} 条轨迹也是此颜色。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>Merge labels</source>
        <translation>合并标签</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py"/>
        <source>{n} tracks are {into} now.</source>
        <translation>
            <numerusform>{n} 条轨迹现为 {into}。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>Order labels</source>
        <translation>标签排序</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>Every label is in use.</source>
        <oldsource>Every label has a track.</oldsource>
        <translation>每个标签都在使用。</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>Delete unused labels</source>
        <translation>删除未使用的标签</translation>
    </message>
    <message>
        <location filename="app/controllers/labels.py"/>
        <source>{unused_labels} deleted.</source>
        <translation>已删除 {unused_labels}。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/labels.py"/>
        <source>{n} unused labels</source>
        <translation>
            <numerusform>{n} 个未使用的标签</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>Learning was stopped; nothing was kept.</source>
        <translation>学习已停止；没有保留任何结果。</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>Teach a copy of the tracker what you have drawn and corrected here</source>
        <translation>让跟踪器的副本学习您在此绘制和修正的内容</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>A tracker is learning already</source>
        <translation>已有一个跟踪器正在学习</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>To learn from a project at least {least} boxes must have been drawn or corrected in it</source>
        <translation>要从项目学习，至少须在其中绘制或修正 {least} 个框</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>Learning was stopped: the project was closed. Nothing was kept.</source>
        <translation>学习已停止：项目已关闭。没有保留任何结果。</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>The tracker {choice} is not there any more; choose another one first.</source>
        <translation>跟踪器 {choice} 已不存在；请先选择另一个。</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>Another model is being added or removed; use this one when that is done.</source>
        <translation>正在添加或移除另一个模型；完成后再使用这个。</translation>
    </message>
    <message>
        <location filename="app/controllers/learning.py"/>
        <source>The learnt tracker could not be kept: {sentence}.</source>
        <translation>学得的跟踪器无法保留：{sentence}。</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>looking for more like #{active}</source>
        <translation>正在查找与 #{active} 相似的目标</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Track {active} has no box on frame {frame} to look for.</source>
        <translation>轨迹 {active} 在第 {frame} 帧没有可供查找的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Look-alikes of #{track_id} were found, but you have left frame {frame}.</source>
        <translation>已找到 #{track_id} 的相似目标，但您已离开第 {frame} 帧。</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Track {track_id} was deleted, so its look-alikes are not shown.</source>
        <translation>轨迹 {track_id} 已删除，因此不显示它的相似目标。</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Nothing else on this frame looks like #{track_id}.</source>
        <translation>此帧上没有其他与 #{track_id} 相似的目标。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/look_alikes.py"/>
        <source>{n} look-alikes</source>
        <translation>
            <numerusform>{n} 个相似目标</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>{ghosts} of #{track_id}: Enter takes all, a click takes one, Esc none.</source>
        <translation>#{track_id} 的 {ghosts}：回车全部采用，单击采用一个，Esc 不采用。</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Take look-alike</source>
        <translation>采用相似目标</translation>
    </message>
    <message>
        <location filename="app/controllers/look_alikes.py"/>
        <source>Take {tracks} look-alikes</source>
        <translation>采用 {tracks} 个相似目标</translation>
    </message>
    <message>
        <location filename="app/controllers/models.py"/>
        <source>Adding {name}…</source>
        <translation>正在添加 {name}…</translation>
    </message>
    <message>
        <location filename="app/controllers/models.py"/>
        <source>Adding what was learnt from {project}…</source>
        <translation>正在添加从 {project} 学得的模型…</translation>
    </message>
    <message>
        <location filename="app/controllers/models.py"/>
        <source>Removing {name}…</source>
        <translation>正在移除 {name}…</translation>
    </message>
    <message>
        <location filename="app/controllers/models.py"/>
        <source>Fetching {published}…</source>
        <translation>正在获取 {published}…</translation>
    </message>
    <message>
        <location filename="app/controllers/models.py"/>
        <source>{path} cannot be read ({error})</source>
        <translation>无法读取 {path}（{error}）</translation>
    </message>
    <message>
        <location filename="app/controllers/playback.py"/>
        <source>The contrast could not be kept ({strerror}); check {filename}.</source>
        <translation>对比度无法保存（{strerror}）；请检查 {filename}。</translation>
    </message>
    <message>
        <location filename="app/controllers/playback.py"/>
        <source>This is frame {frame}; frame {current} is being decoded.</source>
        <translation>这是第 {frame} 帧；第 {current} 帧正在解码。</translation>
    </message>
    <message>
        <location filename="app/controllers/opening.py"/>
        <source>What was open last cannot be opened again. {error}</source>
        <translation>上次打开的内容无法再次打开。{error}</translation>
    </message>
    <message>
        <location filename="app/controllers/opening.py"/>
        <source>{sentence} Until then the project {path} opens at each start.</source>
        <translation>{sentence} 在此之前，每次启动都会打开项目 {path}。</translation>
    </message>
    <message>
        <location filename="app/controllers/project.py"/>
        <source>{gone} It has been saved as {rescued}.</source>
        <translation>{gone} 已将其保存为 {rescued}。</translation>
    </message>
    <message>
        <location filename="app/controllers/project.py"/>
        <source>{name} holds {frames}, not the {known} that its header promises; frames are numbered again from where they differ.</source>
        <translation>{name} 有 {frames}，而不是文件头所称的 {known}；从不同之处起重新编号。</translation>
    </message>
    <message>
        <location filename="app/controllers/project.py"/>
        <source>{sentence} The video would open with the project as it was before.</source>
        <translation>{sentence} 此视频会以之前的项目打开。</translation>
    </message>
    <message>
        <location filename="app/controllers/project.py"/>
        <source>{sentence} If the video is renamed its project will not be found.</source>
        <translation>{sentence} 如果视频改名，将找不到它的项目。</translation>
    </message>
    <message>
        <location filename="app/controllers/project.py"/>
        <source>{sentence} After a crash the project would not open by itself.</source>
        <translation>{sentence} 崩溃后项目不会自动打开。</translation>
    </message>
    <message>
        <location filename="app/controllers/opening.py"/>
        <source>{filename} could not be written ({strerror}); check the folder.</source>
        <translation>无法写入 {filename}（{strerror}）；请检查该文件夹。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>Only locked tracks are doubtful; Shift+L unlocks one.</source>
        <translation>只有锁定的轨迹有疑点；Shift+L 可解锁。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>A box of #{track_id} here, or Enter if it is right, may settle {wrong_boxes}.</source>
        <translation>在此为 #{track_id} 画一个框（若正确则按回车），可解决 {wrong_boxes}。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/review.py"/>
        <source>{n} wrong boxes</source>
        <translation>
            <numerusform>{n} 个错误的框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>{track} has one box so far. T tracks it; X calls it absent here.</source>
        <translation>{track} 目前只有一个框。T 跟踪它；X 将其标记为此处缺席。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/review.py"/>
        <source>{n} boxes said to be wrong are still in the queue.</source>
        <oldsource>{n} boxes said to be wrong are still asked about.</oldsource>
        <translation>
            <numerusform>队列中还有 {n} 个被判为错误的框。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>{track} is absent from frame {frame} on.</source>
        <translation>{track} 从第 {frame} 帧起缺席。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>Select a track first.</source>
        <translation>请先选择一条轨迹。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>{track} has no unreviewed box between the last drawn one and this frame.</source>
        <translation>{track} 从上一个绘制的框到本帧没有未审查的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>There is nothing to review yet.</source>
        <translation>还没有可审查的内容。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>That was the last doubt; here is the first.</source>
        <translation>那是最后一个疑点；现在是第一个。</translation>
    </message>
    <message>
        <location filename="app/controllers/review.py"/>
        <source>That was the first doubt; here is the last.</source>
        <translation>那是第一个疑点；现在是最后一个。</translation>
    </message>
    <message>
        <location filename="app/controllers/doubt_page.py"/>
        <source>Frame {frame} cannot be read, so its doubt is not among these; N goes there.</source>
        <translation>第 {frame} 帧无法读取，因此其疑点不在此列；按 N 前往。</translation>
    </message>
    <message>
        <location filename="app/controllers/doubt_page.py"/>
        <source>What is doubtful here can only be answered one by one; N goes there.</source>
        <translation>这里的疑点只能逐个回答；按 N 转到那里。</translation>
    </message>
    <message>
        <location filename="app/controllers/doubt_page.py"/>
        <source>One moment: not every box has been shown yet.</source>
        <translation>请稍候：还没有显示完所有的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/doubt_page.py"/>
        <location filename="app/controllers/doubt_page.py"/>
        <location filename="app/controllers/review.py"/>
        <location filename="app/controllers/review.py"/>
        <location filename="app/controllers/spans.py"/>
        <source>Mark as right</source>
        <translation>标为正确</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/doubt_page.py"/>
        <source>{n} doubts answered: all right.</source>
        <translation>
            <numerusform>已回答 {n} 个疑点：全部正确。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/showing.py"/>
        <source>{tracks} hidden.</source>
        <translation>已隐藏 {tracks}。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracker_choice.py"/>
        <source>device: {name}</source>
        <oldsource>device: {dict}</oldsource>
        <translation>设备：{name}</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>There is no track that may be tracked: draw a box first, or unlock a track.</source>
        <translation>没有可跟踪的轨迹：请先绘制一个框，或解锁一条轨迹。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>{boxes} of {tracks} would be tracked.</source>
        <translation>将跟踪 {tracks} 的 {boxes}。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Already being tracked: {who}.</source>
        <translation>{who} 已在跟踪中。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Waiting for this run to end: {who}. Esc stops both.</source>
        <translation>{who} 等待本次跟踪结束；按 Esc 停止两者。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Already being tracked: {who}. Esc stops the run.</source>
        <translation>{who} 已在跟踪中；按 Esc 停止。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Track {active} has no stale boxes beside a box to start from.</source>
        <translation>轨迹 {active} 没有与起始框相邻的过时框。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Another run is going on; Esc stops it.</source>
        <oldsource>Another run goes on; Esc stops it.</oldsource>
        <translation>另一个运行正在进行；Esc 可停止它。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Select the track to be tracked first: click on its box.</source>
        <translation>请先选择要跟踪的轨迹：点击它的框。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Track {track_id} was deleted; it is not tracked any further.</source>
        <translation>轨迹 {track_id} 已删除；不再继续跟踪。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Track {track_id} was locked; it is not tracked any further.</source>
        <translation>轨迹 {track_id} 已锁定；不再继续跟踪。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Not tracked, because deleted or locked since: {who}.</source>
        <translation>未跟踪，因为此后已被删除或锁定：{who}。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Tracking was stopped by undo.</source>
        <translation>撤销使跟踪停止。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Tracking was stopped: the project was closed.</source>
        <translation>跟踪已停止：项目已关闭。</translation>
    </message>
    <message>
        <location filename="app/controllers/tracking.py"/>
        <source>Tracking was stopped: the project file could not be written.</source>
        <translation>跟踪已停止：无法写入项目文件。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/tracking.py"/>
        <source>{n} more tracks cannot start.</source>
        <translation>
            <numerusform>另有 {n} 条轨迹无法开始。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/workspace.py"/>
        <source>The export was cancelled. The folder holds only a part of it.</source>
        <oldsource>The export was ended. What is in the folder is a part of it.</oldsource>
        <translation>导出已取消。文件夹中只有一部分内容。</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <location filename="app/document/detection_commands.py"/>
        <source>Import {tracks}</source>
        <translation>导入 {tracks}</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <location filename="app/document/detection_commands.py"/>
        <source>Delete {tracks}</source>
        <translation>删除 {tracks}</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Change {named}</source>
        <translation>更改{named}</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>track</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Leave tracks as they are</source>
        <translation>保持轨迹原样</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Change labels</source>
        <translation>更改标签</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Change attributes</source>
        <translation>修改属性</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Track {targets}</source>
        <translation>跟踪 {targets}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/document/commands.py"/>
        <source>{n} targets</source>
        <translation>
            <numerusform>{n} 个目标</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Delete note</source>
        <translation>删除备注</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Change note</source>
        <translation>更改备注</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Leave note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Draw {boxes} for a certificate</source>
        <translation>为抽检证书抽取 {boxes}</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>not judged</source>
        <translation>未判断</translation>
    </message>
    <message>
        <location filename="app/document/commands.py"/>
        <source>Say {said} of {boxes}</source>
        <translation>将 {boxes}判为{said}</translation>
    </message>
    <message>
        <location filename="app/document/open_project.py"/>
        <source>{name} is locked; Shift+L unlocks it.</source>
        <translation>{name} 已锁定；Shift+L 可解锁。</translation>
    </message>
    <message>
        <location filename="app/document/open_project.py"/>
        <source>Nothing was changed: the frames of the video are still being counted, and frame {last} may get another number. Up to frame {sure_frames} all is sure; try again in a moment.</source>
        <translation>没有任何改动：视频的帧仍在计数，第 {last} 帧的编号可能改变。到第 {sure_frames} 帧为止是确定的；请稍后再试。</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>half</source>
        <translation>一半</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>overlap their target by {by} or more</source>
        <translation>与目标重叠{by}以上</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source> ({level} sure: {interval})</source>
        <translation>（{level} 置信：{interval}）</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>{percent} of {boxes} {overlap_words}{sure}, {looked} looked at</source>
        <translation>{boxes}中有 {percent} {overlap_words}{sure}，已看 {looked}</translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>{judged_count:,} of {boxes} looked at</source>
        <translation>{boxes}中已看 {judged_count:,} 个</translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/certificate_words.py"/>
        <source>The scores of {n} boxes by which boxes were chosen for the certificate are raw: not calibrated. The share of right boxes does not rest on them.</source>
        <translation>
            <numerusform>抽检所依据的 {n} 个框的得分是原始值：未校准。正确框的比例不以它们为依据。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/certificate_words.py"/>
        <source>The scores of {n} boxes by which boxes were chosen for the certificate were made with changed settings: not calibrated. The share of right boxes does not rest on them.</source>
        <translation>
            <numerusform>抽检所依据的 {n} 个框的得分是使用更改过的设置得出的：未校准。正确框的比例不以它们为依据。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>The certificate is not finished and says nothing so far: {unfinished}.</source>
        <translation>抽检尚未完成，目前不说明任何结论：{unfinished}。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/model/certificate_words.py"/>
        <source>The certificate is out of date: {n} boxes have changed since it was drawn on {day}. It said that {statement}.</source>
        <translation>
            <numerusform>抽检证书已过期：自 {day} 抽取以来有 {n} 个框改动。它称：{statement}。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/model/certificate_words.py"/>
        <source>Certificate of {day}: {statement}.</source>
        <translation>{day} 的抽检证书：{statement}。</translation>
    </message>
    <message>
        <location filename="app/model/score_meaning.py"/>
        <source>raw {score:.2f}</source>
        <translation>原始 {score:.2f}</translation>
    </message>
    <message>
        <location filename="app/model/score_meaning.py"/>
        <source>{score:.2f} (changed settings)</source>
        <translation>{score:.2f}（设置已更改）</translation>
    </message>
    <message>
        <location filename="app/model/score_meaning.py"/>
        <source>both directions agree</source>
        <translation>两个方向一致</translation>
    </message>
    <message>
        <location filename="app/model/score_meaning.py"/>
        <source>made with changed settings: not calibrated</source>
        <translation>使用更改过的设置得出：未校准</translation>
    </message>
    <message>
        <location filename="app/model/score_meaning.py"/>
        <source>{text} ({caution})</source>
        <translation>{text}（{caution}）</translation>
    </message>
    <message>
        <location filename="app/workers/crop_worker.py"/>
        <source>Frame {frame} could not be shown ({kind}: {error}).</source>
        <translation>第 {frame} 帧无法显示（{kind}：{error}）。</translation>
    </message>
    <message>
        <location filename="app/workers/errand_worker.py"/>
        <source>That has failed ({kind}: {error}); nothing was changed.</source>
        <translation>操作失败（{kind}：{error}）；没有任何改动。</translation>
    </message>
    <message>
        <location filename="app/workers/explanation_worker.py"/>
        <source>Frame {frame} could not be explained ({kind}: {error}).</source>
        <translation>第 {frame} 帧无法解释（{kind}：{error}）。</translation>
    </message>
    <message>
        <location filename="app/workers/frame_loader.py"/>
        <source>{path} could not be opened ({kind}: {error}).</source>
        <translation>无法打开 {path}（{kind}：{error}）。</translation>
    </message>
    <message>
        <location filename="app/workers/frame_reader.py"/>
        <source>Frame {index} could not be read ({kind}: {error}).</source>
        <translation>第 {index} 帧无法读取（{kind}：{error}）。</translation>
    </message>
    <message>
        <location filename="app/workers/index_proof.py"/>
        <source>The frames of {path} could not be counted ({kind}: {error}).</source>
        <translation>无法统计 {path} 的帧数（{kind}：{error}）。</translation>
    </message>
    <message>
        <location filename="app/workers/learning_worker.py"/>
        <source>Learning has failed ({kind}: {error}); nothing was kept.</source>
        <translation>学习失败（{kind}：{error}）；没有保留任何结果。</translation>
    </message>
    <message>
        <location filename="app/workers/runner.py"/>
        <source>Tracking has failed ({kind}: {error}); what it had found is kept.</source>
        <translation>跟踪失败（{kind}：{error}）；已找到的结果会保留。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>Tracking was stopped after {frames}.</source>
        <translation>跟踪已停止，共 {frames}。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>Tracked {frames}.</source>
        <translation>已跟踪 {frames}。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>Track {track_id} was lost on frame {frame}.</source>
        <translation>轨迹 {track_id} 在第 {frame} 帧丢失。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>{lost} tracks were lost, the first on frame {frame}.</source>
        <translation>{lost} 条轨迹丢失，最早在第 {frame} 帧。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>{tracks} deleted during the run.</source>
        <translation>{tracks}在运行期间被删除。</translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>Track {track_id} was</source>
        <translation>轨迹 {track_id} </translation>
    </message>
    <message>
        <location filename="app/workers/tracking_messages.py"/>
        <source>Tracks {others} and {last} were</source>
        <translation>轨迹 {others} 和 {last} </translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>MOTChallenge</source>
        <translation>MOTChallenge</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>Text rows for TrackEval and MOTChallenge tools; frames and pixels are counted from 1.</source>
        <translation>供 TrackEval 和 MOTChallenge 工具使用的文本行；帧和像素从 1 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>MOTChallenge detections</source>
        <translation>MOTChallenge 检测</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>det.txt: boxes with scores and without tracks, for trackers that link detections.</source>
        <translation>det.txt：带得分而无轨迹的框，供链接检测结果的跟踪器使用。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>COCO with videos</source>
        <translation>COCO（含视频）</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One JSON file with images, videos and tracks, as pycocotools and most training loaders read it.</source>
        <translation>一个 JSON 文件，含图像、视频和轨迹，可由 pycocotools 和多数训练加载器读取。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>COCO detection</source>
        <translation>COCO 检测</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One JSON file with images and boxes, without tracks, for training a detector.</source>
        <translation>一个 JSON 文件，含图像和框而无轨迹，用于训练检测器。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>YouTube-VIS</source>
        <translation>YouTube-VIS</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One JSON file with a list of boxes and outlines for each track, as video segmentation reads it.</source>
        <translation>一个 JSON 文件，每条轨迹有一列框和轮廓，供视频分割读取。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>KITTI tracking</source>
        <translation>KITTI 跟踪</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One line per box with type, corners and occlusion; frames and pixels are counted from 0.</source>
        <translation>每个框一行，含类型、角点和遮挡；帧和像素从 0 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>OTB</source>
        <translation>OTB</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One folder per target with groundtruth_rect.txt; pixels are counted from 1.</source>
        <translation>每个目标一个文件夹，含 groundtruth_rect.txt；像素从 1 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>GOT-10k</source>
        <translation>GOT-10k</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One folder per target with groundtruth.txt and labels of absence and cover; pixels count from 0.</source>
        <translation>每个目标一个文件夹，含 groundtruth.txt 以及缺席和可见程度标签；像素从 0 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>VOT</source>
        <translation>VOT</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One folder per target with a region per frame, a rectangle or a polygon; pixels count from 0.</source>
        <translation>每个目标一个文件夹，每帧一个区域（矩形或多边形）；像素从 0 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>LaSOT</source>
        <translation>LaSOT</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One folder per class and in it one per target, with groundtruth.txt; pixels are counted from 1.</source>
        <translation>每个类别一个文件夹，其中每个目标一个文件夹，含 groundtruth.txt；像素从 1 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>YOLO</source>
        <translation>YOLO</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>A folder with a text file per picture and data.yaml, to train a detector; classes count from 0.</source>
        <translation>一个文件夹，每幅图像一个文本文件，另有 data.yaml，用于训练检测器；类别从 0 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>A folder with an XML file per picture, for training a detector; whole pixels, counted from 1.</source>
        <translation>一个文件夹，每幅图像一个 XML 文件，用于训练检测器；整数像素，从 1 开始计数。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>CVAT for video 1.1</source>
        <translation>CVAT for video 1.1</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One XML file with an element per track, as CVAT writes and uploads it.</source>
        <translation>一个 XML 文件，每条轨迹一个元素，与 CVAT 写出和上传的格式相同。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>LabelMe</source>
        <translation>LabelMe</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>A folder with a JSON file per picture; the track is the group of a shape.</source>
        <translation>一个文件夹，每幅图像一个 JSON 文件；轨迹即形状的组。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>VIAME CSV</source>
        <translation>VIAME CSV</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One line per box with track, corners, confidence and attributes, as VIAME and DIVE read it.</source>
        <translation>每个框一行，含轨迹、角点、置信度和属性，可由 VIAME 和 DIVE 读取。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>DarkLabel and text columns</source>
        <translation>DarkLabel 及文本列</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>Lines of text with columns that you name; as they stand, those of DarkLabel.</source>
        <translation>由您命名各列的文本行；默认为 DarkLabel 的列。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>A table with a heading for spreadsheets and scripts; everything that the project says.</source>
        <translation>带表头的表格，供电子表格和脚本使用；包含项目的全部信息。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>Video with the boxes drawn in</source>
        <translation>画有框的视频</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>A video to look at: boxes in the colours of their tracks, with label and number.</source>
        <translation>供观看的视频：框按轨迹着色，带标签和编号。</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>Crops by track</source>
        <translation>按轨迹裁剪</translation>
    </message>
    <message>
        <location filename="app/exchange/formats.py"/>
        <source>One folder per track with the content of its boxes, and a table that says where each was cut.</source>
        <translation>每条轨迹一个文件夹，存放框内的图像，另有表格说明每幅从何处裁出。</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/detections.py"/>
        <source>There is no detection on this frame.</source>
        <translation>此帧没有检测框。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/controllers/importing.py"/>
        <location filename="app/document/detection_commands.py"/>
        <location filename="app/document/detection_commands.py"/>
        <location filename="app/views/detections/link_dialog.py"/>
        <location filename="app/views/importing/presenter.py"/>
        <source>{n} detections</source>
        <translation>
            <numerusform>{n} 个检测框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>Take {detections}</source>
        <translation>接受{detections}</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>{detections} taken: {going_on} go on with tracks, {new} begin new ones.</source>
        <translation>已接受{detections}：{going_on} 个接续轨迹，{new} 个成为新轨迹。</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>Take detection</source>
        <translation>接受检测框</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>{detections} deleted; Undo brings them back.</source>
        <translation>已删除{detections}；撤销可恢复。</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>No detection after frame {frame}.</source>
        <translation>第 {frame} 帧之后没有检测框。</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>No detection before frame {frame}.</source>
        <translation>第 {frame} 帧之前没有检测框。</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <location filename="app/views/detections/link_dialog.py"/>
        <source>Link detections</source>
        <translation>连接检测框</translation>
    </message>
    <message>
        <location filename="app/controllers/detections.py"/>
        <source>{tracks} made of {detections}; {left} left.</source>
        <translation>由{detections}连成{tracks}；还剩{left}。</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>an attribute cannot be called {name}</source>
        <translation>属性不能叫 {name}</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>{name} needs 1 to {most} different choices of at most {longest} characters</source>
        <translation>{name} 需要 1 到 {most} 个不同的选项，每个最多 {longest} 个字符</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>the bounds of {name} lie within {most}</source>
        <translation>{name} 的界限不超过 {most}</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>the least {name} is above the greatest</source>
        <translation>{name} 的最小值大于最大值</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>a text of at most {most} characters</source>
        <translation>最多 {most} 个字符的文本</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>one of {choices}</source>
        <translation>{choices} 之一</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>from {low} to {high}</source>
        <translation>从 {low} 到 {high}</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>from {low}</source>
        <translation>不小于 {low}</translation>
    </message>
    <message>
        <location filename="app/model/attributes.py"/>
        <source>up to {high}</source>
        <translation>不大于 {high}</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>Select a track: click on its box.</source>
        <translation>请选择一条轨迹：点击它的框。</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>This project has no attributes yet.</source>
        <translation>此项目还没有属性。</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>Attributes of the project…</source>
        <translation>项目的属性…</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>To the previous change of {name}</source>
        <translation>到 {name} 的上一次变化</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>To the next change of {name}</source>
        <translation>到 {name} 的下一次变化</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>Remove the change of {name} that holds here</source>
        <translation>撤回 {name} 在此有效的变化</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>the selected tracks differ</source>
        <translation>所选轨迹的值不同</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>does not fit: {demand}</source>
        <translation>不符合：应为{demand}</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>from the beginning</source>
        <translation>从开头</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>from frame {frame}</source>
        <translation>从第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/views/attributes/panel.py"/>
        <source>to frame {frame}</source>
        <translation>到第 {frame} 帧</translation>
    </message>
    <message>
        <location filename="app/views/attributes/value_fields.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <location filename="app/views/attributes/value_fields.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <location filename="app/views/window/actions.py"/>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>A tour of two minutes on a short clip shows the whole job. You also find it in the Help menu.</source>
        <translation>用两分钟在一段短片上走一遍完整流程。“帮助”菜单里随时可以再看。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Begin the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Drag a box around the red car at the left, as tight as you can. It shows the tracker what to follow.</source>
        <translation>拖出一个框，尽量紧贴左边的红色汽车。跟踪器由它得知要跟踪什么。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Type what it is, car for example, and press Enter.</source>
        <translation>输入它是什么，例如“汽车”，然后按回车。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Press {track_forward}: the tracker follows the car through the clip.</source>
        <translation>按 {track_forward}：跟踪器会在整段短片中跟踪这辆车。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Each frame gets a box. {pause_run} pauses and {stop_run} stops; what is tracked until then stays.</source>
        <translation>每一帧都会得到一个框。{pause_run} 暂停，{stop_run} 停止；已跟踪的部分会保留。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>The line is the score: how likely each box is right. Click into the timeline where it is low.</source>
        <translation>这条线是得分：每个框正确的可能性。请在时间线上点击得分低的地方。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Is the box off the car? Drag it or its edges: what lies around is tracked again. If it fits, go on.</source>
        <translation>框偏离汽车了吗？拖动框或它的边：前后的帧会重新跟踪。若框合适，请继续。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Press {next_doubt}: Siamark goes to the box that is most likely wrong, and says why.</source>
        <translation>按 {next_doubt}：Siamark 会转到最可能有错的框，并说明原因。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Is it right? {accept_doubt}. Is the car gone? {toggle_absent}. Else draw the right box: nothing else is to be pressed. The ring closes as you answer.</source>
        <translation>正确吗？按 {accept_doubt}。汽车不见了吗？按 {toggle_absent}。否则直接画出正确的框，无需按其他键。圆环随您的回答逐渐闭合。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Answer the other doubts in the same way. Then {export} writes all boxes in the format that you need.</source>
        <translation>用同样的方式回答其余疑点。然后按 {export}，以您需要的格式写出所有框。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>That is the whole job. {shortcuts} shows every key, and {commands} finds every command.</source>
        <translation>全部流程就是这样。{shortcuts} 列出所有按键，{commands} 可查找所有命令。</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>New to Siamark?</source>
        <translation>初次使用 Siamark？</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="app/views/tour/presenter.py"/>
        <source>Step {number} of {count}</source>
        <translation>第 {number} 步，共 {count} 步</translation>
    </message>
    <message>
        <location filename="app/language.py"/>
        <source>{first}, {second}</source>
        <translation>{first}，{second}</translation>
    </message>
    <message>
        <location filename="app/controllers/redrawing.py"/>
        <source>The box of #{track_id} is replaced. For a new track, press Esc first, then draw.</source>
        <translation>#{track_id} 的框已替换。要新建轨迹，请先按 Esc 再绘制。</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_sheet.py"/>
        <source>Doubts side by side</source>
        <translation>并排的疑点</translation>
    </message>
    <message numerus="yes">
        <location filename="app/views/review/doubt_sheet_presenter.py"/>
        <source>{n} of {left} doubts</source>
        <translation>
            <numerusform>{left} 个疑点中的 {n} 个</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_sheet_view.py"/>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <location filename="app/views/review/doubt_sheet_view.py"/>
        <source>Is any of them wrong? Lead the mouse over it to the first wrong box, and click.</source>
        <translation>有错误的吗？在其上移动鼠标找到第一个错误的框，然后单击。</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <source>Earlier states</source>
        <translation>较早的状态</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <source>Each time this project was opened, a copy was kept. If you go back to one, the present state is added to this list.</source>
        <translation>每次打开此项目时都会保留一份副本。若回到某个副本，当前状态会加入此列表。</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <source>There is no earlier state yet. One is kept each time that the project is opened.</source>
        <translation>还没有较早的状态。每次打开项目时都会保留一个。</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <source>Go back to it</source>
        <translation>回到此状态</translation>
    </message>
    <message>
        <location filename="app/views/dialogs/earlier_states.py"/>
        <source>{when}: cannot be read</source>
        <translation>{when}：无法读取</translation>
    </message>
    <message>
        <location filename="app/controllers/proposals.py"/>
        <source>All tracks with proposed boxes are hidden or locked.</source>
        <translation>所有带建议框的轨迹都已隐藏或锁定。</translation>
    </message>
    <message>
        <location filename="app/controllers/proposals.py"/>
        <source>The chosen span has no proposed box.</source>
        <translation>所选区间内没有建议框。</translation>
    </message>
    <message>
        <location filename="app/controllers/proposals.py"/>
        <source>Take {boxes}</source>
        <translation>采用{boxes}</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/proposals.py"/>
        <location filename="app/controllers/proposals.py"/>
        <source>{n} proposed boxes</source>
        <translation>
            <numerusform>{n} 个建议框</numerusform>
        </translation>
    </message>
    <message>
        <location filename="app/controllers/proposals.py"/>
        <source>{boxes} taken.</source>
        <translation>已采用{boxes}。</translation>
    </message>
    <message>
        <location filename="app/controllers/proposals.py"/>
        <source>The run differs from {boxes} of {tracks}, which stay: Shift+P goes there, Ctrl+Shift+P takes the new ones.</source>
        <translation>本次跟踪与 {tracks} 的{boxes}不同，后者保留：Shift+P 前往，Ctrl+Shift+P 采用新框。</translation>
    </message>
    <message numerus="yes">
        <location filename="app/controllers/proposals.py"/>
        <source>{n} reviewed boxes</source>
        <translation>
            <numerusform>{n} 个已审核框</numerusform>
        </translation>
    </message>
</context>
</TS>
